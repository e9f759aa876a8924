import { type SealContext, Sealer, UnsealError } from '@app/crypto';

/** Bytes of the object that one frame holds, so that neither side ever needs more of it in memory. */
const FRAME_BYTES = 65_536;
const LENGTH_BYTES = 4;
/** No frame is longer: a sealed value adds a head and a tag to what it holds. */
const MAX_SEALED_BYTES = FRAME_BYTES + 256;

/** Which object it is, and the key that was made for it. */
export interface FramePlace {
  tenantId: string;
  /** Key in the object store. */
  name: string;
  /** 32 bytes. */
  key: Buffer;
}

/**
 * An object as sealed frames, each behind its length. A frame opens only as the one of its number in its object, and the last only as the
 * last: what was cut off, left out, put in another order or under another name is refused.
 */
export async function* sealedFrames(place: FramePlace, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const seal = new Sealer(place.key.toString('hex'));
  let waiting: Buffer[] = [];
  let size = 0;
  let number = 0;
  for await (const chunk of bytes) {
    waiting.push(chunk);
    size += chunk.length;
    while (size > FRAME_BYTES) {
      const [first = Buffer.alloc(0)] = waiting;
      const held = waiting.length === 1 ? first : Buffer.concat(waiting);
      yield framed(seal.seal(contextOf(place, number++, false), held.subarray(0, FRAME_BYTES)));
      waiting = [held.subarray(FRAME_BYTES)];
      size -= FRAME_BYTES;
    }
  }
  yield framed(seal.seal(contextOf(place, number, true), Buffer.concat(waiting)));
}

/** The object again. @throws UnsealError for whatever is not exactly what was sealed, at the frame where that shows */
export async function* openedFrames(place: FramePlace, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const seal = new Sealer(place.key.toString('hex'));
  let number = 0;
  let last: Buffer | null = null;
  for await (const frame of framesIn(bytes)) {
    if (last !== null) yield seal.open(contextOf(place, number++, false), last);
    last = frame;
  }
  if (last === null) throw new UnsealError('notAuthentic');
  yield seal.open(contextOf(place, number, true), last);
}

async function* framesIn(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer = Buffer.alloc(0);
  for await (const chunk of bytes) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (let frame = firstFrame(held); frame !== null; frame = firstFrame(held)) {
      yield frame;
      held = held.subarray(LENGTH_BYTES + frame.length);
    }
  }
  if (held.length > 0) throw new UnsealError('notAuthentic');
}

function firstFrame(held: Buffer): Buffer | null {
  if (held.length < LENGTH_BYTES) return null;
  const length = held.readUInt32BE(0);
  if (length > MAX_SEALED_BYTES) throw new UnsealError('notAuthentic');
  return held.length < LENGTH_BYTES + length ? null : held.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
}

function framed(sealed: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(sealed.length);
  return Buffer.concat([length, sealed]);
}

function contextOf({ tenantId, name }: FramePlace, number: number, isLast: boolean): SealContext {
  return { tenantId, purpose: 'object', rowId: `${name}#${number}${isLast ? '#last' : ''}` };
}
