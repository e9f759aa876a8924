/** A pair of keys of somebody whom keys are handed to; raw bytes as the algorithm names them. */
export interface RecipientKeyPair {
  /** 32 bytes. Never stored in clear. */
  privateKey: Buffer;
  /** X25519: 32 bytes. SM2: the point in 65 bytes, uncompressed. */
  publicKey: Buffer;
}

/** Brings a secret to the holder of a private key, and to nobody else. Whom it is from, it does not say. */
export interface KeyTransport {
  readonly name: 'X25519-HKDF-SHA256' | 'SM2';
  readonly publicKeyBytes: number;
  generateKeyPair(): Promise<RecipientKeyPair>;
  /** A new secret of 32 bytes, and what the recipient makes it of again. @throws RangeError for bytes that are no public key */
  encapsulate(publicKey: Uint8Array): Promise<{ secret: Buffer; encapsulated: Buffer }>;
  /** @throws UnsealError `notAuthentic` for what was not made for this key; X25519 then gives a secret that opens nothing */
  decapsulate(keys: RecipientKeyPair, encapsulated: Uint8Array): Buffer;
}
