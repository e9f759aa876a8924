/** Why a table cannot be read. `too-large` is one with more bytes, columns or characters in a cell than are allowed. */
export type TableErrorCode = 'unsupported' | 'encrypted' | 'damaged' | 'too-large' | 'too-many-rows' | 'no-header';

/** A file that cannot be read as a table for a reason of its own. The message holds nothing of its contents. */
export class TableError extends Error {
  override readonly name = 'TableError';

  constructor(
    readonly code: TableErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
