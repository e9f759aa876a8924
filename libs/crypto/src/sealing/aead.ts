/** Encryption that cannot be altered unseen. Under one key a nonce is used once. */
export interface Aead {
  readonly nonceBytes: number;
  readonly tagBytes: number;
  /** Ciphertext and tag. */
  encrypt(nonce: Uint8Array, context: Uint8Array, plain: Uint8Array): Buffer;
  /**
   * Nothing is given out before all of it is known to be authentic.
   * @throws UnsealError `notAuthentic`
   */
  decrypt(nonce: Uint8Array, context: Uint8Array, encrypted: Uint8Array): Buffer;
}
