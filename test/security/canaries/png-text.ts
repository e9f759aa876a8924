import { crc32 } from 'node:zlib';

/** A PNG's signature and its header, which is always the first chunk. */
const AFTER_HEADER = 8 + 25;

/** Puts a chunk of text (`iTXt`, UTF-8) into a PNG, behind its header. */
export function withPngText(png: Buffer, keyword: string, text: string): Buffer {
  const data = Buffer.from(`iTXt${keyword}\0\0\0\0\0${text}`);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length - 4);
  sum.writeUInt32BE(crc32(data));
  return Buffer.concat([png.subarray(0, AFTER_HEADER), length, data, sum, png.subarray(AFTER_HEADER)]);
}
