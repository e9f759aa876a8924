import { ProblemError } from '@app/contracts';

/** A lock or a statement was not granted in time. The transaction was rolled back: nothing changed, and the caller may try again. */
export class DatabaseBusyError extends ProblemError {
  constructor(waitedFor: 'lock' | 'statement', limitMs: number, cause: unknown) {
    super('unavailable', { detail: `database ${waitedFor} not granted within ${limitMs} ms: request refused, nothing was changed`, cause });
    this.name = 'DatabaseBusyError';
  }
}
