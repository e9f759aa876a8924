import type { ReadPage } from '@app/contracts';
import type { OpenedDocument, TextPage } from '@app/documents';
import sharp from 'sharp';
import { INK } from './colours';
import { outlinedText } from './outlined-text';

/** A PNG of a page as it is to be shown, `scale` times the size that quads are in; where a page cannot be drawn, its lines of text on white. */
export async function pagePicture(document: OpenedDocument, number: number, shown: ReadPage, scale: number): Promise<Buffer> {
  const width = Math.max(1, Math.round(shown.width * scale));
  const height = Math.max(1, Math.round(shown.height * scale));
  const image = await document.picture(number);
  if (image) {
    const upright = await sharp(image.rgb, { raw: { width: image.width, height: image.height, channels: 3 } })
      .rotate(shown.turned)
      .png({ compressionLevel: 1 })
      .toBuffer();
    return sharp(upright).resize(width, height, { fit: 'fill' }).png().toBuffer();
  }
  const page = await document.page(number);
  const drawing = page.kind === 'text' ? linesOf(page) : '';
  return sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${shown.width} ${shown.height}"><rect width="100%" height="100%" fill="#fff"/>${drawing}</svg>`,
    ),
  )
    .png()
    .toBuffer();
}

function linesOf({ lines }: TextPage): string {
  return lines
    .map(({ text, quad }) => {
      const ys = quad.map(([, y]) => y);
      const bottom = Math.max(...ys);
      const height = bottom - Math.min(...ys);
      const frame = `<polygon points="${quad.map(([x, y]) => `${x},${y}`).join(' ')}" fill="none" stroke="#bdbdbd"/>`;
      return frame + outlinedText(text, quad[0]?.[0] ?? 0, bottom - 0.15 * height, { size: height * 0.85, colour: INK });
    })
    .join('');
}
