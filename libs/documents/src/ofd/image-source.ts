import sharp from 'sharp';
import { decodeBitmap } from '../bmp';
import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { PageImage } from '../page-image';
import { decodePage } from '../raster';
import { sniff } from '../sniff';
import { luminanceOfRgb } from './ink';
import type { OfdPackage } from './ofd-package';

/** A picture made small, to ask what it shows at a place: all from 0 to 1, row by row. */
export interface Thumbnail {
  width: number;
  height: number;
  luminance: Float32Array;
  /** The brightest of the three colours: dark print has none, while the red of a seal is bright. */
  brightness: Float32Array;
  alpha: Float32Array;
}

/** A thumbnail's longer side; a character of a page-filling picture still has some pixels. */
const THUMBNAIL_SIDE = 512;

/** The pictures in an OFD document's archive, decoded when they are asked for. */
export class ImageSource {
  private readonly thumbnails = new Map<string, Promise<Thumbnail | null>>();

  constructor(
    private readonly ofd: OfdPackage,
    private readonly limits: DocumentLimits,
  ) {}

  /** A picture in full, on white. Throws `DocumentError`: `unsupported-type` for forms that cannot be decoded, such as JBIG2. */
  async picture(path: string): Promise<PageImage> {
    const { bytes, isBitmap } = await this.file(path);
    return isBitmap ? decodeBitmap(bytes, this.limits) : decodePage(bytes, 0, this.limits);
  }

  /** A picture made small, once for all pages; null where it cannot be decoded: what it may hide is then taken to be hidden. */
  thumbnail(path: string): Promise<Thumbnail | null> {
    const known = this.thumbnails.get(path);
    if (known) return known;
    const making = unlessUndecodable(async () => {
      const { bytes, isBitmap } = await this.file(path);
      return this.shrink(bytes, isBitmap);
    });
    this.thumbnails.set(path, making);
    return making;
  }

  private async file(path: string): Promise<{ bytes: Buffer; isBitmap: boolean }> {
    const bytes = await this.ofd.bytes(path);
    const type = bytes && sniff(bytes);
    if (bytes && type?.startsWith('image/') === true) return { bytes, isBitmap: type === 'image/bmp' };
    throw new DocumentError('unsupported-type', 'a picture in the document has no form that can be decoded');
  }

  private async shrink(bytes: Buffer, isBitmap: boolean): Promise<Thumbnail> {
    const { data, info } = await guarded(() =>
      this.open(bytes, isBitmap)
        .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
        .toColourspace('srgb')
        .ensureAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true }),
    );
    const luminance = new Float32Array(info.width * info.height);
    const brightness = new Float32Array(luminance.length);
    const alpha = new Float32Array(luminance.length);
    for (let i = 0; i < luminance.length; i += 1) {
      const [red = 0, green = 0, blue = 0] = [data[4 * i], data[4 * i + 1], data[4 * i + 2]];
      luminance[i] = luminanceOfRgb(red, green, blue) / 255;
      brightness[i] = Math.max(red, green, blue) / 255;
      alpha[i] = (data[4 * i + 3] ?? 0) / 255;
    }
    return { width: info.width, height: info.height, luminance, brightness, alpha };
  }

  private open(bytes: Buffer, isBitmap: boolean): sharp.Sharp {
    if (!isBitmap) return sharp(bytes, { limitInputPixels: this.limits.maxPixels, failOn: 'error' }).autoOrient();
    const { width, height, rgb } = decodeBitmap(bytes, this.limits);
    return sharp(rgb, { raw: { width, height, channels: 3 } });
  }
}

/** Null where a picture cannot be decoded: a page is still a page where one of its pictures is broken. */
export async function unlessUndecodable<T>(decode: () => Promise<T>): Promise<T | null> {
  try {
    return await decode();
  } catch (error) {
    if (error instanceof DocumentError) return null;
    throw error;
  }
}

async function guarded<T>(decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (error) {
    throw new DocumentError('damaged', 'a picture in the document cannot be decoded', { cause: error });
  }
}
