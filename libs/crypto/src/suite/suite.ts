import type { Hash, KeyObject } from 'node:crypto';
import type { Aead } from '../sealing/aead';
import type { SigningAlgorithm } from '../signing/signing-algorithm';

/** `standard`: AES-256-GCM, SHA-256, Ed25519. `sm`: SM4-CTR with HMAC-SM3, SM3, SM2. */
export const SUITE_NAMES = ['standard', 'sm'] as const;
export type SuiteName = (typeof SUITE_NAMES)[number];

/** One set of algorithms that belong together: what is made with one of them is checked with the same, never with a mixture. */
export interface Suite {
  readonly name: SuiteName;
  /** First byte of everything that is sealed with it. Never given to another set of algorithms. */
  readonly id: number;
  readonly signing: SigningAlgorithm;
  /** Cipher and authentication under 32 bytes of key. Seal with a `SealingKey`, which sees to the nonces. */
  aead(key: Uint8Array): Aead;
  /** 32 bytes of SHA-256 or SM3 over the parts as one text. */
  hash(...parts: Uint8Array[]): Buffer;
  /** The same hash, of what arrives piece by piece. */
  startHash(): Hash;
  /** 32 bytes of HMAC over the parts as one text. */
  keyedHash(key: Uint8Array | KeyObject, ...parts: Uint8Array[]): Buffer;
  /** HKDF (RFC 5869) with the suite's HMAC. `info` says what the new key is for. */
  deriveKey(secret: Uint8Array | KeyObject, options: { salt?: Uint8Array; info: Uint8Array; bytes: number }): Buffer;
}
