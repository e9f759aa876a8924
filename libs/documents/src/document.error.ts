/**
 * Why a document cannot be opened. `unsafe` is one made to exhaust or mislead a reader, `encrypted` needs a password, and an `archive` is
 * several documents, to be opened one by one.
 */
export type DocumentErrorCode = 'empty' | 'unsupported-type' | 'damaged' | 'too-many-pixels' | 'unsafe' | 'encrypted' | 'archive';

/** A document that cannot be opened for a reason of its own; trying again gives the same answer. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';

  constructor(
    readonly code: DocumentErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
