import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { keySegments, ObjectNotFoundError } from './object-key';
import { type KeyPlace, ObjectStore, type StoredKey, type StoredObject } from './object-store';

/** Keeps objects in memory, for unit tests; held to the same contract as the real one. */
export class InMemoryObjectStore extends ObjectStore {
  readonly objects = new Map<string, Buffer>();

  async put(key: string, bytes: Readable): Promise<StoredObject> {
    keySegments(key);
    const content = await buffer(bytes);
    this.objects.set(key, content);
    return { byteSize: content.length, sha256: createHash('sha256').update(content).digest('hex') };
  }

  async get(key: string): Promise<Readable> {
    return Readable.from([await this.read(key)]);
  }

  async read(key: string): Promise<Buffer> {
    keySegments(key);
    const content = this.objects.get(key);
    if (!content) throw new ObjectNotFoundError(key);
    return Promise.resolve(content);
  }

  async delete(key: string): Promise<void> {
    keySegments(key);
    this.objects.delete(key);
    return Promise.resolve();
  }

  async list({ prefix, shard, after, limit }: KeyPlace): Promise<StoredKey[]> {
    keySegments(prefix);
    const isAsked = (key: string): boolean => key.startsWith(`${prefix}/`) && shardOf(key) === shard && (after === null || key > after);
    const keys = [...this.objects.keys()].filter(isAsked).sort();
    return Promise.resolve(keys.slice(0, limit).map((key) => ({ key, changedAt: new Date() })));
  }
}

function shardOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt8(0);
}
