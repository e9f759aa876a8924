/** A lock or a statement was not granted in time. The transaction was rolled back: nothing changed, and the caller may try again. */
export class DatabaseBusyError extends Error {
  readonly code = 'unavailable';

  constructor(
    readonly waitedFor: 'lock' | 'statement',
    readonly limitMs: number,
    cause: unknown,
  ) {
    super(`database ${waitedFor} not granted within ${limitMs} ms: request refused, nothing was changed`, { cause });
    this.name = 'DatabaseBusyError';
  }
}
