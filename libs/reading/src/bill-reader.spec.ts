import { Reading } from '@app/contracts';
import { DocumentError, DocumentReaderError, openDocument } from '@app/documents';
import type { LineChooser, Quad } from '@app/ocr';
import { billPdf, billXml, sampleBill } from '@app/samples';
import fc from 'fast-check';
import sharp from 'sharp';
import { bill, line } from '../../../test/support/printed-page';
import { pagePdf } from '../../../test/support/written-pdf';
import { BillReader, type DocumentOpener, type ReadOptions, type PageCodeReader, type PageReader } from './bill-reader';

type PageText = Awaited<ReturnType<PageReader['read']>>;

const NOW = () => Date.parse('2026-11-22T04:00:00Z');

/** Stands for the engine: every page holds the same lines. */
const engineGiving = (lines: ReturnType<typeof bill>): PageReader => ({
  read: (page) =>
    Promise.resolve({
      width: page.width,
      height: page.height,
      lines,
      seals: [],
      turned: 0,
      timings: { detectMs: 1, recognizeMs: 1, totalMs: 2, modelMs: 1 },
    } as unknown as PageText),
});

/** Stands for the reader of codes: every page holds the same ones. */
const codesGiving = (...texts: string[]): PageCodeReader => ({
  read: () => Promise.resolve(texts.map((text) => ({ format: 'QRCode', text, quad: [] }))),
});

const NO_CODES = codesGiving();

/** Stands for the reader of documents: opens them in this thread. */
const OPENER: DocumentOpener = { open: (bytes) => openDocument(bytes) };

const blank = (background = '#fff') =>
  sharp({ create: { width: 180, height: 100, channels: 3, background } })
    .png()
    .toBuffer();

describe('BillReader', () => {
  it('reads bytes into the shape of the public contract, with its timings', async () => {
    const reading = await new BillReader(engineGiving(bill()), NO_CODES, OPENER, NOW).read(await blank());
    expect(Reading.parse(reading)).toEqual(reading);
    expect(reading.decision).toBe('auto');
    expect(reading.pages).toEqual([{ width: 180, height: 100, turned: 0 }]);
    expect(Object.keys(reading.timings).sort()).toEqual(['billsMs', 'codesMs', 'decodeMs', 'ocrMs', 'totalMs']);
  });

  it('judges dates by the day in Shanghai', async () => {
    const reader = (now: string) =>
      new BillReader(engineGiving(bill({ issueDate: '2026-11-23' })), NO_CODES, OPENER, () => Date.parse(now));
    expect((await reader('2026-11-22T15:59:00Z').read(await blank())).decision).toBe('review');
    expect((await reader('2026-11-22T16:01:00Z').read(await blank())).decision).toBe('auto');
  });

  it('refuses a page on which nothing is written', async () => {
    const reading = await new BillReader(engineGiving([]), NO_CODES, OPENER, NOW).read(await blank());
    expect(reading).toMatchObject({ decision: 'refuse', refusal: { code: 'blank-page' }, bills: [] });
  });

  it('reads every page of a document', async () => {
    const bytes = await sharp([await blank('#eee'), await blank('#ddd')], { join: { animated: true } })
      .tiff()
      .toBuffer();
    const reading = await new BillReader(engineGiving(bill()), NO_CODES, OPENER, NOW).read(bytes);
    expect(reading.bills.map(({ page }) => page)).toEqual([1, 2]);
  });

  it('hands over each page as a person is to see it, upright and in order', async () => {
    const bytes = await sharp([await blank('#eee'), await blank('#ddd')], { join: { animated: true } })
      .tiff()
      .toBuffer();
    const engine = engineGiving(bill());
    const lying: PageReader = { read: async (page, options) => ({ ...(await engine.read(page, options)), turned: 90 }) };
    const pages: [number, number | undefined, number | undefined][] = [];
    const onPage: ReadOptions['onPage'] = async (number, page) => {
      const { width, height } = await sharp(page.bytes).metadata();
      pages.push([number, width, height]);
    };
    await new BillReader(lying, NO_CODES, OPENER, NOW).read(bytes, { onPage });
    expect(pages).toEqual([
      [1, 100, 180],
      [2, 100, 180],
    ]);
  });

  it('does not go on when a page cannot be handed over', async () => {
    const onPage = () => Promise.reject(new TypeError('the disk is full'));
    await expect(new BillReader(engineGiving(bill()), NO_CODES, OPENER, NOW).read(await blank(), { onPage })).rejects.toThrow(
      'the disk is full',
    );
  });

  it.each([
    ['unsupported-form', Buffer.from('hello')],
    ['damaged', Buffer.from('<a>')],
    ['unsafe', Buffer.from('<!DOCTYPE a><a/>')],
    ['archive', Buffer.from('PK\x05\x06'.padEnd(22, '\0'))],
    ['damaged', Buffer.from('PK\x05\x06')],
  ])('refuses as %s what cannot be opened', async (code, bytes) => {
    const reading = await new BillReader(engineGiving([]), NO_CODES, OPENER).read(bytes);
    expect(Reading.parse(reading)).toMatchObject({ decision: 'refuse', refusal: { code }, pages: [], bills: [] });
  });

  it('refuses a document that turns out to be unsafe at one of its pages, and passes on what is not its fault', async () => {
    const close = jest.fn(() => Promise.resolve());
    const failing = (error: Error): DocumentOpener => ({
      open: async (bytes) => ({ ...(await openDocument(bytes)), page: () => Promise.reject(error), close }),
    });
    const read = async (error: Error) => new BillReader(engineGiving(bill()), NO_CODES, failing(error)).read(await blank());
    expect(await read(new DocumentError('unsafe', 'a bomb'))).toMatchObject({ decision: 'refuse', refusal: { code: 'unsafe' } });
    await expect(read(new DocumentReaderError('starved', 'no processor'))).rejects.toThrow('no processor');
    expect(close).toHaveBeenCalledTimes(2);
  });

  it('passes on what the engine cannot do: an error never becomes an empty page', async () => {
    const broken: PageReader = { read: () => Promise.reject(new TypeError('no model')) };
    await expect(new BillReader(broken, NO_CODES, OPENER).read(await blank())).rejects.toThrow('no model');
    const blind: PageCodeReader = { read: () => Promise.reject(new TypeError('no thread')) };
    await expect(new BillReader(engineGiving(bill()), blind, OPENER).read(await blank())).rejects.toThrow('no thread');
  });

  it('hands the codes of a page to its bills', async () => {
    const reading = await new BillReader(engineGiving(bill()), codesGiving('a', 'b'), OPENER, NOW).read(await blank());
    expect(reading.bills[0]?.codes.map(({ text }) => text)).toEqual(['a', 'b']);
  });

  it('stops between pages when it is called off', async () => {
    const reader = new BillReader(engineGiving([line('a', 0, 0)]), NO_CODES, OPENER);
    await expect(reader.read(await blank(), { signal: AbortSignal.abort(new Error('called off')) })).rejects.toThrow('called off');
  });
});

describe('reading the elements alone', () => {
  /** Stands for an engine that reads what is named, and says how much that was. */
  const choosing = (lines: ReturnType<typeof bill>) => {
    const calls: number[] = [];
    const chosen = (choose: LineChooser): typeof lines => {
      const read: typeof lines = [];
      for (;;) {
        const unread = lines.filter((each) => !read.includes(each)).map(({ quad }) => quad as Quad);
        const wave = choose(read as unknown as { text: string; quad: Quad }[], unread);
        if (wave.length === 0) return read;
        read.push(...lines.filter(({ quad }) => wave.includes(quad as Quad)));
      }
    };
    const engine: PageReader = {
      read: (page, options) => {
        const found = options?.choose ? chosen(options.choose) : lines;
        calls.push(found.length);
        return engineGiving(found).read(page);
      },
    };
    return { engine, calls };
  };
  const rows = Array.from({ length: 20 }, (_, i): [string, string, string] => [`检查费${i}`, '', '']);

  it('gives the elements and nothing else, from fewer lines', async () => {
    const { engine, calls } = choosing(bill({ rows }));
    const reading = await new BillReader(engine, NO_CODES, OPENER, NOW).read(await blank(), { scope: 'elements' });
    expect(Reading.parse(reading)).toMatchObject({ decision: 'auto', bills: [{ items: [], otherInfo: [] }] });
    expect(Object.keys(reading.bills[0]?.fields ?? {}).sort()).toEqual(['billCode', 'billNumber', 'checkCode', 'issueDate', 'totalAmount']);
    expect(calls).toEqual([expect.any(Number)]);
    expect(calls[0]).toBeLessThan(bill({ rows }).length);
  });

  it.each([
    ['an element is in doubt', bill({ checkCode: '5do7ea' }), NO_CODES],
    ['two codes say that there may be two bills', bill(), codesGiving('a', 'b')],
  ])('reads the whole page where %s', async (_, lines, codes) => {
    const { engine, calls } = choosing(lines);
    await new BillReader(engine, codes, OPENER, NOW).read(await blank(), { scope: 'elements' });
    expect(calls).toHaveLength(2);
    expect(calls[1]).toBe(lines.length);
  });
});

describe('an e-bill in XML', () => {
  const untouched: PageReader = { read: () => Promise.reject(new TypeError('the engine has nothing to read here')) };
  const reader = new BillReader(untouched, NO_CODES, OPENER, NOW);
  const xml = Buffer.from(billXml(sampleBill(7, { today: '2026-11-22' })));

  it('is read without the engine', async () => {
    const reading = await reader.read(xml);
    expect(Reading.parse(reading)).toEqual(reading);
    expect(reading).toMatchObject({ decision: 'auto', pages: [], bills: [{ fields: { checkCode: { source: 'xml' } } }] });
  });

  it('ends in a reading, whatever is changed in it', async () => {
    const change = fc.record({ at: fc.nat(xml.length), drop: fc.nat(30), put: fc.uint8Array({ maxLength: 6 }) });
    const names = [...new Set(xml.toString().match(/[A-Z]\w+/gu))];
    const mutation = fc.oneof(
      change.map(({ at, drop, put }) => Buffer.concat([xml.subarray(0, at), put, xml.subarray(at + drop)])),
      fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names)).map(([a, b]) => Buffer.from(xml.toString().replaceAll(a, b))),
      fc
        .tuple(fc.constantFrom(...names), fc.string())
        .map(([name, text]) => Buffer.from(xml.toString().replaceAll(`<${name}>`, `<${name}>${text}`))),
    );
    await fc.assert(
      fc.asyncProperty(mutation, async (bytes) => {
        expect(Reading.safeParse(await reader.read(bytes)).success).toBe(true);
      }),
      { numRuns: 300, seed: 7 },
    );
  });
});

describe('an e-bill in PDF', () => {
  const untouched: PageReader = { read: () => Promise.reject(new TypeError('the engine is asked')) };
  const sample = sampleBill(7, { today: '2026-11-22' });

  it('is read by its own text, without the engine', async () => {
    const reading = await new BillReader(untouched, NO_CODES, OPENER, NOW).read(await billPdf([sample]));
    expect(Reading.parse(reading)).toEqual(reading);
    expect(reading).toMatchObject({ decision: 'auto', bills: [{ elements: sample.elements, fields: { payer: { source: 'text' } } }] });
    expect(reading.bills[0]?.items.map(({ amount }) => amount)).toEqual(sample.items.map(({ amount }) => amount));
  });

  it('is read together with the data attached to it', async () => {
    const reading = await new BillReader(untouched, NO_CODES, OPENER, NOW).read(await billPdf([sample], { hasXml: true }));
    expect(reading).toMatchObject({ decision: 'auto', bills: [{ elements: sample.elements, fields: { checkCode: { source: 'xml' } } }] });
  });

  it('is read as a picture where it is a scan', async () => {
    const scan = await billPdf([sample], { form: 'scan' });
    await expect(new BillReader(untouched, NO_CODES, OPENER, NOW).read(scan)).rejects.toThrow('the engine is asked');
    expect(await new BillReader(engineGiving(bill()), NO_CODES, OPENER, NOW).read(scan)).toMatchObject({ pages: [{ width: 1654 }] });
  });

  it('is refused where it needs a password', async () => {
    const locked = await billPdf([sample], { form: 'scan', userPassword: 'secret' });
    expect(await new BillReader(untouched, NO_CODES, OPENER).read(locked)).toMatchObject({
      decision: 'refuse',
      refusal: { code: 'encrypted' },
    });
  });

  it.each([
    ['住院费用清单 2026 FEE LIST', { decision: 'refuse', refusal: { code: 'fee-list' } }],
    ['会议纪要 2026 MINUTES', new TypeError('the engine is asked')],
  ])('asks the engine only where a page of text does not name what it is: %s', async (text, outcome) => {
    const reading = new BillReader(untouched, NO_CODES, OPENER, NOW).read(textPdf(text)).catch((error: unknown) => error);
    expect(await reading).toMatchObject(outcome);
  });
});

/** A page with one line in a font that the file names and does not hold. */
function textPdf(text: string): Buffer {
  const descendant =
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 /FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 >> >>';
  return pagePdf({
    content: `BT /G 20 Tf 20 150 Td <${Buffer.from(text, 'utf16le').swap16().toString('hex')}> Tj ET`,
    fonts: '/G 6 0 R',
    objects: [`<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [${descendant}] >>`],
  });
}
