import { decodeBitmap } from './bmp';
import { DocumentError } from './document.error';
import { type DocumentLimits, withDefaults } from './limits';
import type { PageImage } from './page-image';
import { recognise } from './probe-image';
import { decodePage, inspectRaster } from './raster';
import type { MediaType } from './sniff';
import { readXml, type XmlElement } from './xml/read-xml';

/** One page of a document: its number from 1, and its pixels. */
export interface DocumentPage {
  number: number;
  image: PageImage;
}

/** A document opened for reading. */
export interface OpenedDocument {
  mediaType: MediaType;
  pages: DocumentPage[];
  /** The root of a document that is data and has no pages. */
  xml?: XmlElement;
}

/** Opens a document's bytes as pages of 8-bit RGB, EXIF applied, transparency on white, or as the tree of its XML. Throws `DocumentError`. */
export async function openDocument(bytes: Buffer, limits?: Partial<DocumentLimits>): Promise<OpenedDocument> {
  const bounds = withDefaults(limits);
  const mediaType = recognise(bytes);
  if (mediaType === 'application/xml') return { mediaType, pages: [], xml: readXml(bytes) };
  const images = mediaType === 'image/bmp' ? [decodeBitmap(bytes, bounds)] : await decodePages(bytes, mediaType, bounds);
  return { mediaType, pages: images.map((image, i) => ({ number: i + 1, image })) };
}

/** The pixel limit holds over all pages, since all are held at once. */
async function decodePages(bytes: Buffer, mediaType: MediaType, limits: DocumentLimits): Promise<PageImage[]> {
  const { pages } = await inspectRaster(bytes, mediaType, limits);
  const images: PageImage[] = [];
  let pixels = 0;
  for (let page = 0; page < pages; page += 1) {
    const image = await decodePage(bytes, page, limits);
    pixels += image.width * image.height;
    if (pixels > limits.maxPixels) throw new DocumentError('too-many-pixels', 'the pages have more pixels together than allowed');
    images.push(image);
  }
  return images;
}
