import QRCode from 'qrcode';
import sharp from 'sharp';
import { openDocument } from '../open-document';

const TEXT = 'CZ-EI-32,32060126,0019304458,5d07ea,20260409,486.20';

async function pageWith(size: number, change: (code: sharp.Sharp) => sharp.Sharp = (code) => code, width = 1800) {
  const code = await change(sharp(await QRCode.toBuffer(TEXT, { width: size, margin: 2 })))
    .png()
    .toBuffer();
  const bytes = await sharp({ create: { width, height: 1000, channels: 3, background: '#fff' } })
    .composite([{ input: code, left: 200, top: 100 }])
    .png()
    .toBuffer();
  return (await openDocument(bytes)).pages[0]!;
}

describe('codes of a page', () => {
  it('gives text, and corners in pixels of the page', async () => {
    const [code] = await (await pageWith(300)).codes();
    expect(code).toMatchObject({ format: 'QRCode', text: TEXT });
    const [topLeft, , bottomRight] = code!.quad;
    for (const [found, wanted] of [
      [topLeft?.[0], 215],
      [topLeft?.[1], 115],
      [bottomRight?.[0], 485],
      [bottomRight?.[1], 385],
    ] as const) {
      expect(Math.abs((found ?? 0) - wanted)).toBeLessThan(12);
    }
  });

  it('finds small and pale codes by looking again', async () => {
    expect((await (await pageWith(110, undefined, 3600)).codes())[0]?.text).toBe(TEXT);
    expect((await (await pageWith(240, (code) => code.linear(0.12, 210))).codes())[0]?.text).toBe(TEXT);
  });

  it('gives nothing for a page without codes', async () => {
    const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(await (await openDocument(bytes)).pages[0]!.codes()).toEqual([]);
  });
});
