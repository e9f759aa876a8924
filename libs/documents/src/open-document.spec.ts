import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { openDocument } from './open-document';
import type { PageImage } from './page-image';

/** Every page of a document, as pixels. */
async function pagesOf(bytes: Buffer): Promise<{ number: number; image: PageImage }[]> {
  const document = await openDocument(bytes);
  const pages = [];
  for (let number = 1; number <= document.pageCount; number += 1) {
    const page = await document.page(number);
    if (page.kind !== 'picture') throw new Error('a picture was expected');
    pages.push(page);
  }
  return pages;
}

/** Left half one colour, right half another: 4 by 2 pixels. */
const halves = (left: string, right: string) =>
  sharp({ create: { width: 4, height: 2, channels: 3, background: left } }).composite([
    { input: { create: { width: 2, height: 2, channels: 3, background: right } }, left: 2, top: 0 },
  ]);
const pixel = ({ image }: { image: { width: number; rgb: Uint8Array } }, x: number, y: number) => [
  ...image.rgb.subarray(3 * (y * image.width + x), 3 * (y * image.width + x) + 3),
];

describe('openDocument', () => {
  it('applies EXIF orientation, so that pixels are upright', async () => {
    const bytes = await halves('#ff0000', '#0000ff').png().withMetadata({ orientation: 6 }).toBuffer();
    const [page] = await pagesOf(bytes);
    expect(page?.image).toMatchObject({ width: 2, height: 4 });
    expect(pixel(page!, 0, 0)).toEqual([255, 0, 0]);
    expect(pixel(page!, 0, 3)).toEqual([0, 0, 255]);
  });

  it('puts transparency on white', async () => {
    const bytes = await sharp({ create: { width: 2, height: 2, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } })
      .png()
      .toBuffer();
    expect(pixel((await pagesOf(bytes))[0]!, 0, 0)).toEqual([255, 255, 255]);
  });

  it.each([
    ['grey', (picture: sharp.Sharp) => picture.greyscale().png()],
    ['16 bits a channel', (picture: sharp.Sharp) => picture.toColourspace('rgb16').png()],
    ['CMYK', (picture: sharp.Sharp) => picture.toColourspace('cmyk').tiff()],
    ['CMYK in a JPEG', (picture: sharp.Sharp) => picture.toColourspace('cmyk').jpeg({ chromaSubsampling: '4:4:4', quality: 100 })],
    ['16 bits a channel with alpha', (picture: sharp.Sharp) => picture.ensureAlpha().toColourspace('rgb16').png()],
    ['grey with alpha', (picture: sharp.Sharp) => picture.greyscale().ensureAlpha().png()],
    ['black and white', (picture: sharp.Sharp) => picture.greyscale().threshold(128).png({ palette: true, colours: 2 })],
  ])('gives 8-bit RGB for %s', async (_, save) => {
    const bytes = await save(halves('#ffffff', '#000000')).toBuffer();
    const [page] = await pagesOf(bytes);
    expect(page?.image.rgb).toHaveLength(4 * 2 * 3);
    for (const channel of pixel(page!, 0, 0)) expect(channel).toBeGreaterThan(245);
    for (const channel of pixel(page!, 3, 1)) expect(channel).toBeLessThan(60);
  });

  it('opens every page of a TIFF', async () => {
    const pages = await Promise.all(
      ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
        sharp({ create: { width: 8, height: 6, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const bytes = await sharp(pages, { join: { animated: true } })
      .tiff({ compression: 'lzw' })
      .toBuffer();
    const opened = await pagesOf(bytes);
    expect(opened.map(({ number, image }) => [number, image.width, image.height])).toEqual([
      [1, 8, 6],
      [2, 8, 6],
      [3, 8, 6],
    ]);
    expect(pixel(opened[2]!, 0, 0)).toEqual([0, 0, 255]);
    await expect(openDocument(bytes, { maxPages: 2 })).rejects.toMatchObject({ code: 'too-many-pixels' });
    await expect(openDocument(bytes, { maxPixels: 47 })).rejects.toMatchObject({ code: 'too-many-pixels' });
  });

  it.each(['gif', 'webp'] as const)('takes the first frame of an animated %s', async (form) => {
    const frames = await Promise.all(
      ['#ff0000', '#00ff00'].map((background) =>
        sharp({ create: { width: 8, height: 6, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const animation = sharp(frames, { join: { animated: true } });
    const bytes = await (form === 'gif' ? animation.gif() : animation.webp({ lossless: true })).toBuffer();
    expect(await sharp(bytes).metadata()).toMatchObject({ pages: 2 });
    const pages = await pagesOf(bytes);
    expect(pages.map(({ image }) => [image.width, image.height])).toEqual([[8, 6]]);
    expect(pixel(pages[0]!, 0, 0)).toEqual([255, 0, 0]);
  });

  it('opens XML as a tree without pages', async () => {
    const xml = { name: 'a', attributes: new Map(), text: '1', children: [] };
    expect(await openDocument(Buffer.from('<a>1</a>'))).toMatchObject({ mediaType: 'application/xml', pageCount: 0, xml: [xml] });
  });

  it('refuses a bomb by its header, with the limits that hold unless told', async () => {
    const bytes = await sharp({ create: { width: 1, height: 1, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    bytes.writeUInt32BE(60_000, 16);
    bytes.writeUInt32BE(60_000, 20);
    bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
    expect(bytes.length).toBeLessThan(1000);
    await expect(openDocument(bytes)).rejects.toMatchObject({ name: 'DocumentError', code: 'too-many-pixels' });
  });

  it('refuses a document that was cut off instead of reading half of it', async () => {
    const whole = await sharp({
      create: { width: 300, height: 300, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } },
    })
      .jpeg()
      .toBuffer();
    await expect(pagesOf(whole.subarray(0, whole.length / 2))).rejects.toMatchObject({ code: 'damaged' });
  });
});
