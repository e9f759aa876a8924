import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { ObjectStoreAwayError } from './object-store-away.error';

const CHUNK_BYTES = 65_536;

/** The bytes of an open file, which the stream closes. What the disk does not give ends it with an ObjectStoreAwayError. */
export function fileStream(handle: FileHandle): Readable {
  return new Readable({
    highWaterMark: CHUNK_BYTES,
    read(): void {
      handle.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES, null).then(
        ({ bytesRead, buffer }) => this.push(bytesRead === 0 ? null : buffer.subarray(0, bytesRead)),
        (error: unknown) => this.destroy(new ObjectStoreAwayError(error)),
      );
    },
    destroy(error, done): void {
      handle.close().then(
        () => {
          done(error);
        },
        (failure: unknown) => {
          done(error ?? new ObjectStoreAwayError(failure));
        },
      );
    },
  });
}
