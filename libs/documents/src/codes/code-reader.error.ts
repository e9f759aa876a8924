/** Why codes were not looked for to the end. */
export type CodeReaderFailure = 'busy' | 'closed' | 'thread-lost' | 'timed-out';

/** The codes of a page could not be read, which never looks like a page without codes. Says nothing of what stands on the page. */
export class CodeReaderError extends Error {
  override readonly name = 'CodeReaderError';

  constructor(
    readonly failure: CodeReaderFailure,
    message: string,
  ) {
    super(message);
  }
}
