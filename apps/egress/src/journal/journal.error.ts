/** The journal could not be written, so nothing was sent. */
export class JournalUnavailableError extends Error {
  override readonly name = 'JournalUnavailableError';
  constructor(cause: unknown) {
    super('the journal cannot be written: nothing was sent; check the space, owner and mount of PIAOYAN_EGRESS_JOURNAL_DIR', { cause });
  }
}

/** The attempt id belongs to a call with other elements, another provider or another reply key. */
export class AttemptConflictError extends Error {
  override readonly name = 'AttemptConflictError';
  constructor(readonly attemptId: string) {
    super('the attempt id was used for another call');
  }
}
