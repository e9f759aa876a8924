/**
 * Cuts a stream into pieces of exactly `bytes`, the last one excepted, which is empty only when there was nothing at all. Holds little more
 * than one piece.
 */
export async function* piecesOf(
  source: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<{ piece: Buffer; isLast: boolean }, void, undefined> {
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const part of source) {
    if (part.length === 0) continue;
    held.push(part);
    length += part.length;
    // More than a piece, not as much: only then is it known that this one is not the last.
    if (length <= bytes) continue;
    const all = Buffer.concat(held, length);
    let at = 0;
    for (; length - at > bytes; at += bytes) yield { piece: all.subarray(at, at + bytes), isLast: false };
    held = [all.subarray(at)];
    length -= at;
  }
  yield { piece: Buffer.concat(held, length), isLast: true };
}
