import sharp from 'sharp';
import { DocumentError } from './document.error';
import type { DocumentLimits } from './limits';
import type { PageImage } from './page-image';
import type { ImageType } from './sniff';

// Every receipt is decoded once, so a cache only holds customers' pictures in memory.
sharp.cache(false);

/** Size as shown (EXIF applied) and number of pages, from the headers. */
export interface RasterInfo {
  width: number;
  height: number;
  pages: number;
}

/** Reads the headers of an image that sharp knows; refuses more pixels or pages than allowed. */
export async function inspectRaster(input: Buffer, mediaType: ImageType, limits: DocumentLimits): Promise<RasterInfo> {
  const { autoOrient, pages = 1 } = await guarded(() => open(input, 0, limits).metadata());
  // Frames of an animation are not pages.
  const count = mediaType === 'image/tiff' ? pages : 1;
  if (count > limits.maxPages) throw new DocumentError('too-many-pixels', `${count} pages are more than the limit of ${limits.maxPages}`);
  return { width: autoOrient.width, height: autoOrient.height, pages: count };
}

/** Decodes a page from end to end, keeping next to nothing: a file that was cut off shows itself only here. */
export async function decodeThrough(input: Buffer, page: number, limits: DocumentLimits): Promise<void> {
  await guarded(() =>
    open(input, page, limits).resize(16, 16, { fit: 'fill', kernel: 'nearest', fastShrinkOnLoad: true }).raw().toBuffer(),
  );
}

/** Decodes a page to 8-bit RGB: EXIF applied, transparency on white, CMYK and 16-bit converted. */
export async function decodePage(input: Buffer, page: number, limits: DocumentLimits): Promise<PageImage> {
  const { data, info } = await guarded(() =>
    open(input, page, limits)
      .autoOrient()
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  if (info.channels !== 3) throw new DocumentError('damaged', `page ${page + 1} decodes to ${info.channels} channels instead of 3`);
  return { width: info.width, height: info.height, rgb: data };
}

function open(input: Buffer, page: number, limits: DocumentLimits): sharp.Sharp {
  return sharp(input, { page, limitInputPixels: limits.maxPixels, failOn: 'error', sequentialRead: true });
}

/** sharp tells its failures apart only by their messages. */
async function guarded<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof Error && error.message.includes('pixel limit')) {
      throw new DocumentError('too-many-pixels', 'the image has more pixels than allowed', { cause: error });
    }
    throw new DocumentError('damaged', 'the image cannot be decoded to its end', { cause: error });
  }
}
