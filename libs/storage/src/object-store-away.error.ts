import { ProblemError } from '@app/contracts';

/**
 * The store cannot do now what it is asked: its disk fails or is full, its mount is gone or may not be used. That says nothing of the object:
 * the caller may try again. The cause, for the log, names the failed call and its code.
 */
export class ObjectStoreAwayError extends ProblemError {
  constructor(cause: unknown) {
    super('unavailable', { detail: 'the object store does not answer: nothing was stored or handed out', cause });
    this.name = 'ObjectStoreAwayError';
  }
}
