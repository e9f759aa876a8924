import { ProblemError } from '@app/contracts';
import { pipeline, type Readable, Transform, type TransformCallback } from 'node:stream';

/**
 * Passes bytes on until there are more than `maxBytes`: then it fails, and the source is not read any further.
 */
export class LimitedBytes extends Transform {
  private seen = 0;

  constructor(private readonly maxBytes: number) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.seen += chunk.length;
    if (this.seen > this.maxBytes) done(new ProblemError('upload-too-large', { detail: `The limit is ${this.maxBytes} bytes` }));
    else done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    done(this.seen === 0 ? new ProblemError('upload-empty') : null);
  }
}

/** The same bytes, which fail when there are none or more than `maxBytes`. */
export function limitedBytes(bytes: Readable, { maxBytes }: { maxBytes: number }): Readable {
  // The failure of either side destroys both and surfaces where the limited stream is read.
  return pipeline(bytes, new LimitedBytes(maxBytes), () => undefined);
}
