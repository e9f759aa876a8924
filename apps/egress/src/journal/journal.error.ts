/** The journal could not be written or read, so nothing was sent. */
export class JournalUnavailableError extends Error {
  override readonly name = 'JournalUnavailableError';
  constructor(cause: unknown) {
    super('the journal cannot be used: nothing was sent; check the space, owner and mount of PIAOYAN_EGRESS_JOURNAL_DIR', { cause });
  }
}

/** A file of ended attempts has a line that was never written like that: restore it from the backup of the volume. */
export class SpoiltPackError extends Error {
  override readonly name = 'SpoiltPackError';
  constructor(cause?: unknown) {
    super('a file of ended attempts was altered or spoilt', { cause });
  }
}

/** The attempt id belongs to a call with other elements, another provider or another reply key. */
export class AttemptConflictError extends Error {
  override readonly name = 'AttemptConflictError';
  constructor(readonly attemptId: string) {
    super('the attempt id was used for another call');
  }
}
