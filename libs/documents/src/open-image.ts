import { decodeBitmap } from './bmp';
import type { DocumentLimits } from './limits';
import type { OpenedDocument } from './opened-document';
import type { PageImage } from './page-image';
import { decodePage, inspectRaster } from './raster';
import type { ImageType } from './sniff';

/** Opens a picture, or a TIFF of several. Its pixels are decoded page by page: 8-bit RGB, EXIF applied, transparency on white. */
export async function openImage(bytes: Buffer, mediaType: ImageType, limits: DocumentLimits): Promise<OpenedDocument> {
  const { pages, decode } = await decoderOf(bytes, mediaType, limits);
  return {
    mediaType,
    pageCount: pages,
    xml: [],
    signatures: [],
    page: async (number) => ({ kind: 'picture', number, image: await decode(number) }),
    picture: decode,
    close: () => Promise.resolve(),
  };
}

async function decoderOf(
  bytes: Buffer,
  mediaType: ImageType,
  limits: DocumentLimits,
): Promise<{ pages: number; decode: (number: number) => Promise<PageImage> }> {
  if (mediaType === 'image/bmp') {
    const image = decodeBitmap(bytes, limits);
    return { pages: 1, decode: () => Promise.resolve(image) };
  }
  const { pages } = await inspectRaster(bytes, mediaType, limits);
  return { pages, decode: (number) => decodePage(bytes, number - 1, limits) };
}
