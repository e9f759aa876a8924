import { open, readFile } from 'node:fs/promises';
import { inspectBitmap } from './bmp';
import { DocumentError } from './document.error';
import { type DocumentLimits, withDefaults } from './limits';
import { decodeThrough, inspectRaster } from './raster';
import { sniff, SNIFF_BYTES, type MediaType } from './sniff';
import { readXml } from './xml/read-xml';

/** What a document is, and its first page's size in pixels as shown; data has no pages and no size. */
export interface ProbedImage {
  mediaType: MediaType;
  width: number;
  height: number;
  pages: number;
}

/**
 * Says what a document is, from its bytes or its path, without holding its pixels: headers first, then every page is decoded once in
 * sequence, because only that shows a file that was cut off. Throws `DocumentError`.
 */
export async function probeImage(input: Buffer | string, limits?: Partial<DocumentLimits>): Promise<ProbedImage> {
  const bounds = withDefaults(limits);
  const mediaType = recognise(typeof input === 'string' ? await firstBytes(input) : input);
  if (mediaType === 'application/xml') {
    readXml(typeof input === 'string' ? await readFile(input) : input);
    return { mediaType, width: 0, height: 0, pages: 0 };
  }
  if (mediaType === 'image/bmp') {
    return { mediaType, ...inspectBitmap(typeof input === 'string' ? await readFile(input) : input, bounds), pages: 1 };
  }
  const info = await inspectRaster(input, mediaType, bounds);
  for (let page = 0; page < info.pages; page += 1) await decodeThrough(input, page, bounds);
  return { mediaType, ...info };
}

/** The form of a document; throws `DocumentError` when it is empty or none that can be opened. */
export function recognise(bytes: Uint8Array): MediaType {
  if (bytes.length === 0) throw new DocumentError('empty', 'the file is empty');
  const mediaType = sniff(bytes);
  if (mediaType === null) throw new DocumentError('unsupported-type', 'the file is no document that can be read');
  return mediaType;
}

async function firstBytes(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(SNIFF_BYTES) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
