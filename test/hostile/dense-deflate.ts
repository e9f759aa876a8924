import { constants, deflateRawSync } from 'node:zlib';

const BLOCK_BYTES = 4_194_304;
const LAST_BLOCK = Buffer.from('0300', 'hex');
const ZLIB_HEADER = Buffer.from('789c', 'hex');

/** Deflated text that inflates to `mebibytes` of a repeated pattern, made without ever holding that much. */
export function denseDeflate(mebibytes: number, pattern = '\0'): Buffer {
  const block = Buffer.alloc(BLOCK_BYTES, pattern);
  const packed = deflateRawSync(block, { finishFlush: constants.Z_FULL_FLUSH, level: 9 });
  const times = Math.ceil((mebibytes * 1_048_576) / BLOCK_BYTES);
  return Buffer.concat([...Array<Buffer>(times).fill(packed), LAST_BLOCK]);
}

/** The same with zlib's header and no checksum, as PDF readers take it. */
export function denseZlib(mebibytes: number, pattern?: string): Buffer {
  return Buffer.concat([ZLIB_HEADER, denseDeflate(mebibytes, pattern)]);
}
