/** A file among the operator's trusted roots that holds no certificate, or more than are taken. `file` is its name as it was given. */
export class TrustedRootsError extends Error {
  override readonly name = 'TrustedRootsError';

  constructor(
    readonly file: string,
    why: string,
  ) {
    super(`${file}: ${why}`);
  }
}
