import { HEAD_BYTES, readHead, type SealedHead } from './sealed-head';
import { startingWith } from './starting-with';
import { UnsealError } from './unseal.error';

/**
 * What a sealed stream says of itself, and the stream as it was.
 * @throws UnsealError when it is not the start of anything sealed; the stream is closed then
 */
export async function readStreamHead(
  sealed: AsyncIterable<Uint8Array>,
): Promise<{ head: SealedHead; stream: AsyncIterableIterator<Uint8Array> }> {
  const { start, rest } = await startOf(sealed, HEAD_BYTES);
  try {
    return { head: readHead(start), stream: startingWith([start], rest) };
  } catch (error) {
    await rest.return?.();
    throw error;
  }
}

/**
 * The first bytes of a stream, and what follows them.
 * @throws UnsealError when the stream is shorter
 */
export async function startOf(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
): Promise<{ start: Buffer; rest: AsyncIterableIterator<Uint8Array> }> {
  const pieces = source[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  while (held.length < bytes) {
    const next = await pieces.next();
    if (next.done === true) throw new UnsealError('notAuthentic');
    held = Buffer.concat([held, next.value]);
  }
  return { start: held.subarray(0, bytes), rest: startingWith([held.subarray(bytes)], pieces) };
}
