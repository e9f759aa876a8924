import { Injectable } from '@nestjs/common';

/** What time it is; tests have another. */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
