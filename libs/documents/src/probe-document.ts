import { inspectBitmap } from './bmp';
import { type DocumentLimits, withDefaults } from './limits';
import { decodeThrough, inspectRaster } from './raster';
import { recognise } from './recognise';
import type { MediaType } from './sniff';
import { readXml } from './xml/read-xml';

/** What a document is; of a picture also its first page's size in pixels as shown, and its pages, which are 0 where they are not looked for. */
export interface ProbedDocument {
  mediaType: MediaType;
  width: number;
  height: number;
  pages: number;
}

/**
 * Says what a document is without holding its pixels. Pictures are decoded once in sequence, after their headers, because only that shows a
 * file that was cut off. PDF and OFD are known by their form only: they are taken apart where a crash costs one job. Throws `DocumentError`.
 */
export async function probeDocument(bytes: Buffer, limits?: Partial<DocumentLimits>): Promise<ProbedDocument> {
  const bounds = withDefaults(limits);
  const mediaType = await recognise(bytes);
  switch (mediaType) {
    case 'application/xml':
      readXml(bytes);
      return { mediaType, width: 0, height: 0, pages: 0 };
    case 'application/pdf':
    case 'application/ofd':
      return { mediaType, width: 0, height: 0, pages: 0 };
    case 'image/bmp':
      return { mediaType, ...inspectBitmap(bytes, bounds), pages: 1 };
    default: {
      const info = await inspectRaster(bytes, mediaType, bounds);
      for (let page = 0; page < info.pages; page += 1) await decodeThrough(bytes, page, bounds);
      return { mediaType, ...info };
    }
  }
}
