import type { PageImage } from '@app/ocr';
import sharp from 'sharp';

// As the product decodes: every page once.
sharp.cache(false);

/** The pixels of an image file, upright by its EXIF data. */
export async function decodePage(file: string): Promise<PageImage> {
  const { data, info } = await sharp(file).rotate().removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, rgb: data };
}
