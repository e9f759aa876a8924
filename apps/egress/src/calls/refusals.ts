import { Injectable } from '@nestjs/common';

/** Counts refused requests by cause since the start: on a healthy system all stay 0. */
@Injectable()
export class Refusals {
  private readonly counts = new Map<string, number>();

  /** Adds one, and says how many there were with this one. */
  add(code: string): number {
    const count = (this.counts.get(code) ?? 0) + 1;
    this.counts.set(code, count);
    return count;
  }
}
