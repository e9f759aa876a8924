/** Why a document cannot be opened; `unsafe` is one made to exhaust or mislead a reader. */
export type DocumentErrorCode = 'empty' | 'unsupported-type' | 'damaged' | 'too-many-pixels' | 'unsafe';

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
