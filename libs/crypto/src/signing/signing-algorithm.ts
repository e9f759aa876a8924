/** A pair of keys that signs; raw bytes as the algorithm names them, no container around them. */
export interface SigningKeyPair {
  /** 32 bytes: Ed25519's seed, SM2's number. Never stored in clear. */
  privateKey: Buffer;
  /** Ed25519: 32 bytes. SM2: the point in 65 bytes, uncompressed. */
  publicKey: Buffer;
}

/** Signs and verifies. Making keys and signing are asynchronous, since a device may do them one day. */
export interface SigningAlgorithm {
  readonly name: 'Ed25519' | 'SM2-SM3';
  generateKeyPair(): Promise<SigningKeyPair>;
  sign(keys: SigningKeyPair, message: Uint8Array): Promise<Buffer>;
  /** False for a signature that is wrong, and for bytes that are no signature or no key at all. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}
