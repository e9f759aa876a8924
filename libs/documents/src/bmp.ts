import { DocumentError } from './document.error';
import type { DocumentLimits } from './limits';
import type { PageImage } from './page-image';

/** What a bitmap's headers say; `stride` is the length of a row in bytes, `isTopDown` the order of rows. */
interface BitmapHeader {
  width: number;
  height: number;
  bitsPerPixel: 1 | 4 | 8 | 24 | 32;
  stride: number;
  isTopDown: boolean;
  dataOffset: number;
  palette: Buffer;
}

const FILE_HEADER_BYTES = 14;
const INFO_HEADER_BYTES = 40;
const BI_RGB = 0;
const BI_BITFIELDS = 3;

/** Red, green and blue masks of the only 32-bit layout that is met in practice: blue in the lowest byte. */
const BGRX_MASKS = [0x00ff0000, 0x0000ff00, 0x000000ff];

/** Reads and checks a Windows bitmap's headers: uncompressed, 1, 4, 8, 24 or 32 bits a pixel, with all its rows present. */
export function inspectBitmap(bytes: Buffer, limits: DocumentLimits): { width: number; height: number } {
  const { width, height } = readHeader(bytes, limits);
  return { width, height };
}

/** Decodes a Windows bitmap; sharp's build knows none. */
export function decodeBitmap(bytes: Buffer, limits: DocumentLimits): PageImage {
  const header = readHeader(bytes, limits);
  const { width, height, stride, isTopDown, dataOffset } = header;
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const row = dataOffset + (isTopDown ? y : height - 1 - y) * stride;
    decodeRow(bytes, row, header, rgb, y * width * 3);
  }
  return { width, height, rgb };
}

function readHeader(bytes: Buffer, limits: DocumentLimits): BitmapHeader {
  if (bytes.length < FILE_HEADER_BYTES + INFO_HEADER_BYTES) throw damaged('it ends inside its headers');
  const infoBytes = bytes.readUInt32LE(14);
  const width = bytes.readInt32LE(18);
  const signedHeight = bytes.readInt32LE(22);
  const height = Math.abs(signedHeight);
  const bitsPerPixel = depthOf(bytes, infoBytes);
  if (width <= 0 || height === 0) throw damaged('it has no pixels');
  if (width * height > limits.maxPixels) throw new DocumentError('too-many-pixels', 'the image has more pixels than allowed');
  const dataOffset = bytes.readUInt32LE(10);
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (dataOffset + stride * height > bytes.length) throw damaged('it ends before its last row');
  const palette = bytes.subarray(FILE_HEADER_BYTES + infoBytes, dataOffset);
  return { width, height, bitsPerPixel, stride, isTopDown: signedHeight < 0, dataOffset, palette };
}

function depthOf(bytes: Buffer, infoBytes: number): BitmapHeader['bitsPerPixel'] {
  const bitsPerPixel = bytes.readUInt16LE(28);
  const compression = bytes.readUInt32LE(30);
  const isPlain = compression === BI_RGB || (compression === BI_BITFIELDS && bitsPerPixel === 32 && hasUsualMasks(bytes));
  if (infoBytes < INFO_HEADER_BYTES || !isPlain) throw new DocumentError('unsupported-type', 'only uncompressed bitmaps are supported');
  if (bitsPerPixel === 1 || bitsPerPixel === 4 || bitsPerPixel === 8 || bitsPerPixel === 24 || bitsPerPixel === 32) return bitsPerPixel;
  throw new DocumentError('unsupported-type', `bitmaps of ${bitsPerPixel} bits a pixel are not supported`);
}

/** The masks follow the 40 bytes of the plain header, and lie at the same place inside the longer ones. */
function hasUsualMasks(bytes: Buffer): boolean {
  const start = FILE_HEADER_BYTES + INFO_HEADER_BYTES;
  return bytes.length >= start + 12 && BGRX_MASKS.every((mask, i) => bytes.readUInt32LE(start + 4 * i) === mask);
}

function decodeRow(bytes: Buffer, row: number, header: BitmapHeader, rgb: Uint8Array, target: number): void {
  const { width, bitsPerPixel, palette } = header;
  const isIndexed = bitsPerPixel <= 8;
  const source = isIndexed ? palette : bytes;
  for (let x = 0; x < width; x += 1) {
    const at = isIndexed ? 4 * indexAt(bytes, row, x, bitsPerPixel) : row + (x * bitsPerPixel) / 8;
    rgb[target + 3 * x] = source[at + 2] ?? 0;
    rgb[target + 3 * x + 1] = source[at + 1] ?? 0;
    rgb[target + 3 * x + 2] = source[at] ?? 0;
  }
}

/** The palette index of a pixel; the leftmost pixel stands in a byte's highest bits. */
function indexAt(bytes: Buffer, row: number, x: number, bitsPerPixel: number): number {
  const perByte = 8 / bitsPerPixel;
  const byte = bytes[row + Math.floor(x / perByte)] ?? 0;
  return (byte >> (8 - bitsPerPixel * ((x % perByte) + 1))) & ((1 << bitsPerPixel) - 1);
}

function damaged(why: string): DocumentError {
  return new DocumentError('damaged', `the bitmap is damaged: ${why}`);
}
