/** Why a document was not parsed to its end for no fault of its own. */
export type DocumentReaderFailure = 'closed' | 'thread-lost' | 'starved';

/** A document could not be parsed here and now; trying again may succeed. Says nothing of what stands in it. */
export class DocumentReaderError extends Error {
  override readonly name = 'DocumentReaderError';

  constructor(
    readonly failure: DocumentReaderFailure,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
