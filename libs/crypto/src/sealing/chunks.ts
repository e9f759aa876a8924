import type { Aead } from './aead';
import { piecesOf } from './pieces-of';
import { UnsealError } from './unseal.error';

/** Plain bytes of every chunk but the last. */
export const CHUNK_BYTES = 65_536;
const MAX_CHUNKS = 0xffff_ffff;
const NO_CONTEXT = new Uint8Array(0);

/**
 * The STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance",
 * 2015): the nonce of a chunk is its number and whether it is the last one. A chunk in another place, left out or repeated, and a tail cut
 * off at a chunk's border, are thereby not authentic. `cipher` serves one stream and no other.
 */
export async function* sealChunks(cipher: Aead, plain: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let number = 0;
  for await (const { piece, isLast } of piecesOf(plain, CHUNK_BYTES)) {
    yield cipher.encrypt(nonceOf(cipher, number, isLast), NO_CONTEXT, piece);
    number += 1;
  }
}

/** @throws UnsealError */
export async function* openChunks(cipher: Aead, sealed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let number = 0;
  for await (const { piece, isLast } of piecesOf(sealed, CHUNK_BYTES + cipher.tagBytes)) {
    // Sealing makes an empty chunk of an empty stream alone; any other would be a second form of the same text.
    if (number > 0 && piece.length <= cipher.tagBytes) throw new UnsealError('notAuthentic');
    yield cipher.decrypt(nonceOf(cipher, number, isLast), NO_CONTEXT, piece);
    number += 1;
  }
}

/** The low bytes stay zero: for SM4-CTR they count a chunk's blocks. */
function nonceOf({ nonceBytes }: Aead, number: number, isLast: boolean): Buffer {
  if (number > MAX_CHUNKS) throw new RangeError('a sealed stream has at most 2^32 chunks');
  const nonce = Buffer.alloc(nonceBytes);
  nonce.writeUInt32BE(number);
  nonce.writeUInt8(isLast ? 1 : 0, 4);
  return nonce;
}
