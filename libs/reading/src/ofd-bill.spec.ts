import { Reading } from '@app/contracts';
import { openDocument, type PaintedPage } from '@app/documents';
import { billOfd, type BillOfdOptions, type OfdParts, sampleBill } from '@app/samples';
import sharp from 'sharp';
import { BillReader, type PageCodeReader, type PageReader } from './bill-reader';

const TODAY = '2026-11-22';
const untouched: PageReader = { read: () => Promise.reject(new TypeError('the engine has nothing to read here')) };
const noCodes: PageCodeReader = { read: () => Promise.resolve([]) };
const reader = new BillReader(untouched, noCodes, { open: (bytes) => openDocument(bytes) }, () => Date.parse(`${TODAY}T04:00:00Z`));
const bill = (seed: number) => sampleBill(seed, { today: TODAY });
const read = async (seed: number, options: BillOfdOptions = {}) => reader.read(await billOfd(bill(seed), { seed, ...options }));

/** Adds to what the page shows, after or before its own. */
const after = (content: string) => (parts: OfdParts) => ({ ...parts, pages: parts.pages.map((page) => page + content) });
const before = (content: string) => (parts: OfdParts) => ({ ...parts, pages: parts.pages.map((page) => content + page) });
const path = (data: string, colour: string) =>
  `<ofd:PathObject ID="1" Boundary="0 0 210 300" Fill="true" Stroke="false"><ofd:FillColor Value="${colour}"/><ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;
const sheet = (colour: string) => path('M 0 0 L 210 0 L 210 300 L 0 300 C', colour);

describe('an OFD bill', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('is read from its own text, seals and all: %i', async (seed) => {
    const reading = await read(seed);
    expect(Reading.parse(reading)).toEqual(reading);
    const [only, ...others] = reading.bills;
    expect(others).toEqual([]);
    const { elements, title, payer, payee, items, otherInfo, totalAmountInWords } = bill(seed);
    expect(reading.decision).toBe('auto');
    expect(only?.elements).toEqual(elements);
    const valueOf = (name: 'title' | 'payer' | 'payee' | 'totalAmountInWords') => only?.fields[name]?.value;
    expect([valueOf('title'), valueOf('payer'), valueOf('payee'), valueOf('totalAmountInWords')]).toEqual([title, payer, payee, totalAmountInWords]); // prettier-ignore
    expect(only?.items.map(({ itemName, amount }) => [itemName, amount])).toEqual(items.map(({ itemName, amount }) => [itemName, amount]));
    expect(only?.otherInfo.map(({ cn, value }) => [cn, value])).toEqual(otherInfo.map(({ cn, value }) => [cn, value]));
    expect(only?.fields.totalAmount).toMatchObject({ source: 'text', confidence: 1 });
  });

  it('has its pictures looked at for codes one after another', async () => {
    let [busy, most, looks] = [0, 0, 0];
    const oneByOne: PageCodeReader = {
      read: async () => {
        most = Math.max(most, (busy += 1));
        looks += 1;
        await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        return [];
      },
    };
    await new BillReader(untouched, oneByOne, { open: (bytes) => openDocument(bytes) }).read(await billOfd(bill(1), { seed: 1 }));
    expect(looks).toBeGreaterThan(1);
    expect(most).toBe(1);
  });

  it('is shown as the text it gives, at its place on the page', async () => {
    const shown: PaintedPage[] = [];
    const onPage = (_number: number, page: PaintedPage): Promise<void> => Promise.resolve(void shown.push(page));
    const { pages } = await reader.read(await billOfd(bill(1), { seed: 1 }), { onPage });
    expect(shown.map(({ mediaType }) => mediaType)).toEqual(['image/svg+xml']);
    expect(await sharp(shown[0]!.bytes).metadata()).toMatchObject({ width: pages[0]!.width, height: pages[0]!.height });
    expect(shown[0]!.bytes.toString()).toContain(`票据代码：${bill(1).elements.billCode}</text>`);
  });

  it('agrees with the XML that is attached to it, or is for a person to see', async () => {
    expect(await read(3, { attached: bill(3) })).toMatchObject({
      decision: 'auto',
      bills: [{ fields: { totalAmount: { source: 'xml' } } }],
    });
    const other = bill(3);
    const altered = { ...other, elements: { ...other.elements, checkCode: '0a0a0a' } };
    expect(await read(3, { attached: altered })).toMatchObject({ decision: 'review' });
  });
});

describe('an OFD bill that does not show what its text says is never passed', () => {
  const printed = () =>
    sharp({ create: { width: 400, height: 200, channels: 3, background: '#ffffff' } })
      .composite([{ input: { create: { width: 90, height: 24, channels: 3, background: '#000000' } }, left: 30, top: 30 }])
      .png()
      .toBuffer();

  it.each([
    ['covered by white paper', after(sheet('255 255 255'))],
    [
      'written in white',
      (parts: OfdParts) => ({ ...parts, pages: parts.pages.map((page) => page.replaceAll('Value="20 20 20"', 'Value="255 255 255"')) }),
    ],
    ['on a ground of its own colour', before(sheet('20 20 20'))],
  ])('%s', async (_, change) => {
    for (const attached of [null, bill(3)]) expect((await read(3, { attached, change })).decision).not.toBe('auto');
  });

  it('without one of its elements, or without a bill, where only the attached XML has it', async () => {
    const { checkCode } = bill(3).elements;
    const without = (parts: OfdParts) => ({ ...parts, pages: parts.pages.map((page) => page.replace(`>${checkCode}<`, '>******<')) });
    expect(await read(3, { attached: bill(3), change: without })).toMatchObject({ decision: 'review' });
    const empty = (parts: OfdParts) => ({ ...parts, pages: [''] });
    expect(await read(3, { attached: bill(3), change: empty })).toMatchObject({ decision: 'review', bills: [{ elements: { checkCode } }] });
  });

  it('beside a picture of another bill', async () => {
    const bytes = await printed();
    const change = (parts: OfdParts) => ({
      ...after('<ofd:ImageObject ID="1" Boundary="0 0 110 110" CTM="110 0 0 110 0 0" ResourceID="70"/>')(parts),
      images: { ...parts.images, 70: { bytes, ending: 'png' } },
    });
    for (const attached of [null, bill(3)]) expect((await read(3, { attached, change })).decision).not.toBe('auto');
  });
});
