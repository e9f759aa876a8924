import { EgressCall } from '@app/contracts';
import { Injectable, type PipeTransform } from '@nestjs/common';
import { RefusedCallError } from './refused-call.error';

/** Lets a call through only in exactly the contract's shape; attempt ids are the same in either case of their letters. */
@Injectable()
export class CallPipe implements PipeTransform<unknown, EgressCall> {
  transform(body: unknown): EgressCall {
    const parsed = EgressCall.safeParse(body);
    if (!parsed.success) throw new RefusedCallError(parsed.error.issues);
    return { ...parsed.data, attemptId: parsed.data.attemptId.toLowerCase() };
  }
}
