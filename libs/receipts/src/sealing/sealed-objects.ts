import { readStreamHead, SealingKey, startingWith, type Suite } from '@app/crypto';
import { ObjectStore, type StoredObject } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

/** Number of an object's key in its head: an object has no other. */
const KEY_NUMBER = 1;

/** Where an object lies, and the secret that was made for it. */
export interface SealedPlace {
  tenantId: string;
  /** Key in the object store. */
  name: string;
  /** 32 bytes. */
  secret: Buffer;
}

/**
 * The object store as receipts use it: nothing reaches it in clear. Each object is sealed under a secret that lies elsewhere; docs/adr/0013
 * says why. Bytes that were moved to another name or tenant, altered or cut do not open.
 */
@Injectable()
export class SealedObjects {
  constructor(private readonly objects: ObjectStore) {}

  /** Seals on the way, little of it in memory. Size and hash are those of the clear bytes. */
  async put(place: SealedPlace & { suite: Suite }, bytes: Readable): Promise<StoredObject> {
    const hash = createHash('sha256');
    let byteSize = 0;
    async function* seen(): AsyncGenerator<Buffer> {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        hash.update(chunk);
        byteSize += chunk.length;
        yield chunk;
      }
    }
    const sealed = new SealingKey(place.suite, KEY_NUMBER, place.secret).sealStream(contextOf(place), seen());
    await this.objects.put(place.name, Readable.from(sealed, { objectMode: false }));
    return { byteSize, sha256: hash.digest('hex') };
  }

  /**
   * The clear bytes. The first 64 KiB are known to be authentic before this resolves; the stream fails where something further on is not.
   * @throws ObjectNotFoundError, UnsealError
   */
  async get(place: SealedPlace): Promise<Readable> {
    const stored = await this.objects.get(place.name);
    try {
      const { head, stream } = await readStreamHead(stored as AsyncIterable<Buffer>);
      const plain = new SealingKey(head.suite, head.keyNumber, place.secret).openStream(contextOf(place), stream);
      const first = await plain.next();
      return Readable.from(startingWith(first.done === true ? [] : [first.value], plain), { objectMode: false });
    } catch (error) {
      stored.destroy();
      throw error;
    }
  }

  /** @throws ObjectNotFoundError, UnsealError */
  async read(place: SealedPlace): Promise<Buffer> {
    return buffer(await this.get(place));
  }

  async delete(name: string): Promise<void> {
    await this.objects.delete(name);
  }
}

function contextOf({ tenantId, name }: SealedPlace): Buffer {
  return Buffer.from(JSON.stringify([tenantId, 'object', name]));
}
