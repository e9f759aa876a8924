import type { Readable } from 'node:stream';

/** What was stored: size in bytes and SHA-256 in lower-case hexadecimal, both taken while writing. */
export interface StoredObject {
  byteSize: number;
  sha256: string;
}

/**
 * Keeps bytes under keys such as `receipts/<tenant>/<receipt>`.
 * What is put under `staging/` is meant to be deleted soon, and is removed in time if a killed process could not.
 * Keys are lower-case letters, digits, `.`, `_` and `-` in segments separated by `/`; anything else is an `InvalidObjectKeyError`.
 */
export abstract class ObjectStore {
  /** Streams `bytes` in and replaces what the key held. Either all bytes are durable when it resolves, or nothing changed. */
  abstract put(key: string, bytes: Readable): Promise<StoredObject>;
  /** @throws ObjectNotFoundError before the first byte. */
  abstract get(key: string): Promise<Readable>;
  /** @throws ObjectNotFoundError */
  abstract read(key: string): Promise<Buffer>;
  /** Deleting what is not there is no error. */
  abstract delete(key: string): Promise<void>;
}
