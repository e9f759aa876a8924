import type { Readable } from 'node:stream';

/** What was stored: size in bytes and SHA-256 in lower-case hexadecimal, both taken while writing. */
export interface StoredObject {
  byteSize: number;
  sha256: string;
}

/** Into how many parts a store's keys are divided, by the first byte of their SHA-256. */
export const SHARDS = 256;

/** A key that something is stored under, and since when. */
export interface StoredKey {
  key: string;
  changedAt: Date;
}

/** Which keys are asked for: those of one shard, from 0, below a prefix of whole segments and behind a key; at most `limit`, the first ones. */
export interface KeyPlace {
  prefix: string;
  shard: number;
  /** The last key of the page before; null for the first page. */
  after: string | null;
  limit: number;
}

/**
 * Keeps bytes under keys such as `receipts/<tenant>/<receipt>`.
 * What is put under `staging/` is meant to be deleted soon, and is removed in time if a killed process could not.
 * Keys are lower-case letters, digits, `.`, `_` and `-` in segments separated by `/`; anything else is an `InvalidObjectKeyError`.
 * Whatever of it may be tried again, since the store itself fails, is an `ObjectStoreAwayError`.
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
  /**
   * A page of keys, in their order (by code unit), in memory for no more than that page. Fewer than `limit`: there are no more.
   * What is put or deleted meanwhile may be among them.
   */
  abstract list(place: KeyPlace): Promise<StoredKey[]>;
}
