import { ObjectStore, type StoredObject } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { type FramePlace, openedFrames, sealedFrames } from './sealed-frames';

/**
 * The object store as receipts use it: nothing reaches it in clear. Each object is sealed under a key of its own, which lies elsewhere;
 * docs/adr/0013 says why.
 */
@Injectable()
export class SealedObjects {
  constructor(private readonly objects: ObjectStore) {}

  /** Seals on the way, one frame in memory. Size and hash are those of the clear bytes. */
  async put(place: FramePlace, bytes: Readable): Promise<StoredObject> {
    const hash = createHash('sha256');
    let byteSize = 0;
    async function* seen(): AsyncGenerator<Buffer> {
      for await (const chunk of bytes as AsyncIterable<Buffer>) {
        hash.update(chunk);
        byteSize += chunk.length;
        yield chunk;
      }
    }
    await this.objects.put(place.name, Readable.from(sealedFrames(place, seen()), { objectMode: false }));
    return { byteSize, sha256: hash.digest('hex') };
  }

  /** @throws ObjectNotFoundError before the first byte; the stream fails with UnsealError where the object was altered */
  async get(place: FramePlace): Promise<Readable> {
    const sealed = await this.objects.get(place.name);
    return Readable.from(openedFrames(place, sealed as AsyncIterable<Buffer>), { objectMode: false });
  }

  /** @throws ObjectNotFoundError, UnsealError */
  async read(place: FramePlace): Promise<Buffer> {
    return buffer(await this.get(place));
  }

  async delete(name: string): Promise<void> {
    await this.objects.delete(name);
  }
}
