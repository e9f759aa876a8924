import sharp from 'sharp';
import { probeDocument } from './probe-document';

const noise = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#888', noise: { type: 'gaussian', mean: 128, sigma: 40 } } });
const cut = (bytes: Buffer, share: number) => bytes.subarray(0, Math.floor(bytes.length * share));

describe('probeDocument', () => {
  it('says form and size as shown, with EXIF orientation applied', async () => {
    const turned = await noise(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await probeDocument(turned)).toEqual({ mediaType: 'image/jpeg', width: 40, height: 60, pages: 1 });
  });

  it('knows a PDF by its form alone', async () => {
    const bytes = Buffer.from('%PDF-1.7 and whatever follows');
    expect(await probeDocument(bytes)).toEqual({ mediaType: 'application/pdf', width: 0, height: 0, pages: 0 });
  });

  it('knows XML that is whole, which has no pages', async () => {
    expect(await probeDocument(Buffer.from('<a/>'))).toEqual({ mediaType: 'application/xml', width: 0, height: 0, pages: 0 });
  });

  it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)('finds a %s that was cut off', async (form) => {
    const whole = await noise(400, 300).toFormat(form).toBuffer();
    await expect(probeDocument(whole)).resolves.toMatchObject({ pages: 1 });
    await expect(probeDocument(cut(whole, 0.6))).rejects.toMatchObject({ name: 'DocumentError', code: 'damaged' });
  });

  it('refuses by pixels before it decodes any', async () => {
    const bytes = await sharp({ create: { width: 4000, height: 4000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    await expect(probeDocument(bytes, { maxPixels: 15_999_999 })).rejects.toMatchObject({ code: 'too-many-pixels' });
    await expect(probeDocument(bytes, { maxPixels: 16_000_000 })).resolves.toMatchObject({ width: 4000 });
  });

  it.each([
    ['empty', Buffer.alloc(0)],
    ['damaged', Buffer.from('<?xml version="1.0"?><EInvoice>')],
    ['unsafe', Buffer.from('<!DOCTYPE a><a/>')],
    ['unsupported-type', Buffer.from('a letter')],
    ['archive', Buffer.from('PK\x05\x06'.padEnd(22, '\0'))],
    ['damaged', Buffer.from('PK\x05\x06 and nothing in it')],
    ['damaged', Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(40)])],
  ])('refuses as %s', async (code, bytes) => {
    await expect(probeDocument(bytes)).rejects.toMatchObject({ name: 'DocumentError', code });
  });
});
