/** A key for signing the audit cannot be used. Says why, and never the key. */
export class SigningKeyError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`the audit's signing key cannot be used: ${reason}`, options);
    this.name = 'SigningKeyError';
  }
}
