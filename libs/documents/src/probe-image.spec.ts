import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { probeImage } from './probe-image';

const noise = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

describe('probeImage', () => {
  it('says form and size as shown, with EXIF orientation applied', async () => {
    const turned = await noise(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await probeImage(turned)).toEqual({ mediaType: 'image/jpeg', width: 40, height: 60, pages: 1 });
  });

  it('reads a path like bytes', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'probe-'));
    try {
      const path = join(folder, 'a.png');
      await writeFile(path, await noise(30, 20).png().toBuffer());
      expect(await probeImage(path)).toEqual({ mediaType: 'image/png', width: 30, height: 20, pages: 1 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('knows XML that is whole, which has no pages', async () => {
    expect(await probeImage(Buffer.from('<a/>'))).toEqual({ mediaType: 'application/xml', width: 0, height: 0, pages: 0 });
  });

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('finds a %s that was cut off', async (form) => {
    const whole = await noise(400, 300).toFormat(form).toBuffer();
    await expect(probeImage(whole)).resolves.toMatchObject({ pages: 1 });
    await expect(probeImage(cut(whole, 0.6))).rejects.toMatchObject({ name: 'DocumentError', code: 'damaged' });
  });

  it('refuses by pixels before it decodes any', async () => {
    const bytes = await sharp({ create: { width: 4000, height: 4000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    await expect(probeImage(bytes, { maxPixels: 15_999_999 })).rejects.toMatchObject({ code: 'too-many-pixels' });
    await expect(probeImage(bytes, { maxPixels: 16_000_000 })).resolves.toMatchObject({ width: 4000 });
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['damaged', Buffer.from('<?xml version="1.0"?><EInvoice>')],
    ['unsafe', Buffer.from('<!DOCTYPE a><a/>')],
    ['unsupported-type', Buffer.from('%PDF-1.7 and more')],
    ['damaged', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40)])],
  ])('refuses as %s', async (code, bytes) => {
    await expect(probeImage(bytes)).rejects.toMatchObject({ name: 'DocumentError', code });
  });
});
