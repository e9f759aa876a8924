import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { DAMAGES, renderBill, renderTaxInvoice, sampleBill, type RenderedBill } from './index';

const TODAY = '2026-11-22';
const bill = sampleBill(42, { kind: 'medical-outpatient', today: TODAY });

beforeAll(() => {
  const wasm = readFileSync(require.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  prepareZXingModule({ overrides: { wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) } });
});

/** The darkest grey within a field's quad: ink, if the truth points at the right place. */
async function darkest({ image, truth }: RenderedBill, field: 'billNumber' | 'totalAmount'): Promise<number> {
  const quad = truth.quads[field]!;
  const [xs, ys] = [quad.map(([x]) => x!), quad.map(([, y]) => y!)];
  const [left, top] = [Math.round(Math.min(...xs)), Math.round(Math.min(...ys))];
  const region = { left, top, width: Math.round(Math.max(...xs)) - left, height: Math.round(Math.max(...ys)) - top };
  const { channels } = await sharp(await sharp(image).extract(region).greyscale().png().toBuffer()).stats();
  return channels[0]!.min;
}

describe('renderBill', () => {
  it('gives the same bytes for the same bill and options', async () => {
    const options = { seed: 3, damage: 'photo', width: 700 } as const;
    const [first, second] = await Promise.all([renderBill(bill, options), renderBill(bill, options)]);
    expect(first.image.equals(second.image)).toBe(true);
    const other = await renderBill(bill, { ...options, seed: 4 });
    expect(other.image.equals(first.image)).toBe(false);
  });

  it.each(DAMAGES)('tells the size and the places of the fields on a %s picture', async (damage) => {
    const rendered = await renderBill(bill, { seed: 9, damage, width: 1200 });
    const { width, height } = await sharp(rendered.image).metadata();
    expect(rendered.truth).toMatchObject({ width, height });
    expect(await darkest(rendered, 'billNumber')).toBeLessThan(110);
    expect(await darkest(rendered, 'totalAmount')).toBeLessThan(110);
  });

  it('writes PNG for clean pages, JPEG for what a camera saw, and what it was asked for', async () => {
    expect((await renderBill(bill, { width: 500 })).mediaType).toBe('image/png');
    const photo = await renderBill(bill, { width: 500, damage: 'photo' });
    expect((await sharp(photo.image).metadata()).format).toBe('jpeg');
    const asked = await renderBill(bill, { width: 500, damage: 'scan', mediaType: 'image/png' });
    expect((await sharp(asked.image).metadata()).format).toBe('png');
  });

  it('prints a code that says the elements', async () => {
    const rendered = await renderBill(bill, { qr: 'comma' });
    const [code] = await readBarcodes(rendered.image, { formats: ['QRCode'] });
    expect(code?.text).toBe(rendered.truth.qrText);
    for (const value of [bill.elements.billCode, bill.elements.billNumber, bill.elements.checkCode, bill.elements.totalAmount]) {
      expect(code?.text).toContain(value);
    }
    const bare = await renderBill(bill, { qr: 'none' });
    expect(bare.truth.qrText).toBeNull();
    expect(await readBarcodes(bare.image, { formats: ['QRCode'] })).toHaveLength(0);
  });
});

describe('renderTaxInvoice', () => {
  it('prints the code of a tax invoice', async () => {
    const { image } = await renderTaxInvoice(TODAY, { seed: 2 });
    const [code] = await readBarcodes(image, { formats: ['QRCode'] });
    expect(code?.text).toMatch(/^01,10,0\d{11},\d{8},/);
  });
});
