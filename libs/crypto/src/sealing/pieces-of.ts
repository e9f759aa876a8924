/**
 * Cuts a stream into pieces of exactly `bytes`, the last one excepted, which is empty only when there was nothing at all. Holds one piece: it
 * is overwritten when the next one is asked for.
 */
export async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }, void, undefined> {
  const piece = Buffer.alloc(bytes);
  let filled = 0;
  for await (const part of source) {
    for (let at = 0; at < part.length;) {
      // A full piece waits until there is more: only then is it known that it is not the last.
      if (filled === bytes) {
        yield { piece, isLast: false };
        filled = 0;
      }
      const taken = part.subarray(at, at + bytes - filled);
      piece.set(taken, filled);
      filled += taken.length;
      at += taken.length;
    }
  }
  yield { piece: piece.subarray(0, filled), isLast: true };
}
