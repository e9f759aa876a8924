import { billPdf, billXml, sampleBill } from '@app/samples';
import fc from 'fast-check';
import { create } from 'qrcode';
import sharp from 'sharp';
import { pagePdf, pdfOf, show, stream, type WrittenPage } from '../../../../test/support/written-pdf';
import { decodeQrCodes } from '../codes/qr-decoder';
import { readCodes } from '../codes/read-codes';
import { DocumentError } from '../document.error';
import { DEFAULT_LIMITS } from '../limits';
import type { OpenedDocument, PageImage } from '../index';
import { openPdf } from './open-pdf';
import { loadPdfium } from './pdfium/load-pdfium';
import { TrustedRoots } from '../signatures/certificates/trusted-roots';

const NOBODY_TRUSTED = { roots: TrustedRoots.none, now: new Date('2026-11-22') };

const TEXT = show('0019304458', 20, 150) + show('Issued 2026-04-09', 20, 20);
const BILL = sampleBill(7, { today: '2026-11-22' });

async function withPdf<T>(bytes: Buffer, use: (document: OpenedDocument) => Promise<T> | T, limits = {}): Promise<T> {
  const document = await openPdf(bytes, { ...DEFAULT_LIMITS, ...limits }, NOBODY_TRUSTED);
  try {
    return await use(document);
  } finally {
    await document.close();
  }
}

const pictureOf = (bytes: Buffer, limits = {}) => withPdf(bytes, async (document) => (await document.picture(1)) as PageImage, limits);

const colourAt = ({ width, rgb }: PageImage, x: number, y: number) =>
  Array.from(rgb.subarray((y * width + x) * 3, (y * width + x) * 3 + 3));

/** A picture of grey steps as an object of a PDF. */
function greyImage(width: number, height: number, value: (x: number, y: number) => number): string {
  const pixels = Array.from({ length: width * height }, (_, at) => String.fromCharCode(value(at % width, Math.floor(at / width))));
  return stream(
    pixels.join(''),
    `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8`,
  );
}

describe('opening a PDF', () => {
  it('says how many pages it has', async () => {
    const opened = await withPdf(pagePdf({ content: TEXT, copies: 3 }), async ({ mediaType, pageCount, xml, signatures, page }) => ({
      mediaType,
      pageCount,
      xml,
      signatures,
      last: (await page(3)).kind,
    }));
    expect(opened).toEqual({ mediaType: 'application/pdf', pageCount: 3, xml: [], signatures: [], last: 'text' });
  });

  it('finds its objects where their table is lost', async () => {
    const broken = Buffer.from(
      pagePdf({ content: TEXT })
        .toString('latin1')
        .replace(/xref[\s\S]*trailer/u, 'trailer'),
      'latin1',
    );
    expect(await withPdf(broken, async ({ page }) => (await page(1)).kind)).toBe('text');
  });

  it.each<[string, Buffer, object]>([
    ['damaged', Buffer.from('%PDF-1.7\nnothing'), {}],
    ['damaged', pagePdf({ content: TEXT }).subarray(0, 100), {}],
    ['damaged', pdfOf(['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [] /Count 0 >>']), {}],
    ['too-many-pixels', pagePdf({ content: TEXT, copies: 3 }), { maxPages: 2 }],
    ['encrypted', pagePdf({ content: TEXT }), { isForeign: true }],
  ])('is refused as %s', async (code, bytes, { isForeign = false, ...limits }: { isForeign?: boolean }) => {
    const encrypted = '/Encrypt << /Filter /Foreign /V 1 >> /ID [<00> <00>]';
    const file = isForeign ? Buffer.from(bytes.toString('latin1').replace('/Root', `${encrypted} /Root`), 'latin1') : bytes;
    await expect(withPdf(file, () => undefined, limits)).rejects.toMatchObject({ name: 'DocumentError', code });
  });

  it('needs no password for what is only locked against changes', async () => {
    const [locked, changeable] = await Promise.all([
      billPdf([BILL], { userPassword: 'secret' }),
      billPdf([BILL], { ownerPassword: 'secret' }),
    ]);
    await expect(withPdf(locked, () => undefined)).rejects.toMatchObject({ code: 'encrypted' });
    expect(await withPdf(changeable, async ({ page }) => (await page(1)).kind)).toBe('text');
  });

  it('says of a page that is none, or has no size, that the file is damaged', async () => {
    await withPdf(pagePdf({ content: TEXT }), async ({ page, picture }) => {
      await expect(page(2)).rejects.toMatchObject({ code: 'damaged' });
      await expect(picture(2)).rejects.toMatchObject({ code: 'damaged' });
    });
  });

  it('gives nothing after it is closed, and may be closed twice', async () => {
    const document = await openPdf(pagePdf({ content: TEXT }), DEFAULT_LIMITS, NOBODY_TRUSTED);
    await document.close();
    await document.close();
    await expect(document.page(1)).rejects.toMatchObject({ name: 'DocumentError' });
  });

  it('takes no more memory however many are opened', async () => {
    // What is kept of a file with two megabytes beside its text is seen at once.
    const ballast = (content: string) => pagePdf({ content, objects: [stream('x'.repeat(2 ** 21))] });
    const files = [ballast(TEXT), ballast(''), Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(2 ** 21)])];
    const openAll = async () => {
      for (const file of files) await withPdf(file, ({ page }) => page(1)).catch(() => undefined);
    };
    await openAll();
    const { memoryBytes } = await loadPdfium();
    for (let time = 0; time < 10; time += 1) await openAll();
    expect((await loadPdfium()).memoryBytes).toBe(memoryBytes);
  });
});

describe('the picture of a page', () => {
  it('is drawn at 200 dpi, in true colours, with annotations', async () => {
    const stamp = '/Annots [<< /Type /Annot /Subtype /Stamp /Rect [200 100 300 200] /F 4 /AP << /N 6 0 R >> >>]';
    const image = await pictureOf(
      pagePdf({
        content: '0 0 1 rg 0 100 100 100 re f',
        page: `/MediaBox [0 0 400 200] ${stamp}`,
        objects: [stream('1 0 0 rg 0 0 10 10 re f', '/Type /XObject /Subtype /Form /BBox [0 0 10 10]')],
      }),
    );
    expect(image).toMatchObject({ width: 1111, height: 556 });
    expect(image.rgb).toHaveLength(1111 * 556 * 3);
    expect([colourAt(image, 100, 100), colourAt(image, 700, 100), colourAt(image, 400, 100)]).toEqual([
      [0, 0, 255],
      [255, 0, 0],
      [255, 255, 255],
    ]);
  });

  it('shows what is filled into form fields', async () => {
    const field = '<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (1) /Rect [200 100 300 200] /F 4 /AP << /N 7 0 R >> >>';
    const image = await pictureOf(
      pagePdf({
        content: TEXT,
        page: '/MediaBox [0 0 400 200] /Annots [6 0 R]',
        catalogue: '/AcroForm << /Fields [6 0 R] >>',
        objects: [field, stream('0 1 0 rg 0 0 10 10 re f', '/Type /XObject /Subtype /Form /BBox [0 0 10 10]')],
      }),
    );
    expect(colourAt(image, 700, 100)).toEqual([0, 255, 0]);
  });

  it('leaves out fields that are hidden', async () => {
    const field = '<< /Type /Annot /Subtype /Widget /FT /Sig /T (a) /Rect [200 100 300 200] /F 2 /AP << /N 7 0 R >> >>';
    const image = await pictureOf(
      pagePdf({
        content: TEXT,
        page: '/MediaBox [0 0 400 200] /Annots [6 0 R]',
        objects: [field, stream('0 1 0 rg 0 0 10 10 re f', '/Type /XObject /Subtype /Form /BBox [0 0 10 10]')],
      }),
    );
    expect(colourAt(image, 700, 100)).toEqual([255, 255, 255]);
  });

  it('of a scan has the pixels of the scan', async () => {
    const [width, height] = [333, 222];
    const value = (x: number, y: number) => ((x * 7) ^ (y * 13)) & 0xff;
    const image = await pictureOf(
      pagePdf({
        content: 'q 300 0 0 200 0 0 cm /Scan Do Q',
        page: '/MediaBox [0 0 300 200]',
        resources: '/XObject << /Scan 6 0 R >>',
        objects: [greyImage(width, height, value)],
      }),
    );
    expect(image).toMatchObject({ width, height });
    for (const [x, y] of [[0, 0], [17, 200], [332, 221], [100, 101]] as const) expect(colourAt(image, x, y)[0]).toBe(value(x, y)); // prettier-ignore
  });

  it('of a scan in strips has the pixels of the strips, and print on a coarse one is drawn finely', async () => {
    const strips = Array.from({ length: 10 }, (_, i) => `q 300 0 0 20 0 ${i * 20} cm /Scan Do Q`).join(' ');
    const scan = (content: string, height: number) =>
      pagePdf({
        content,
        page: '/MediaBox [0 0 300 200]',
        resources: '/XObject << /Scan 6 0 R >>',
        objects: [greyImage(150, height, () => 90)],
      });
    expect(await pictureOf(scan(strips, 10))).toMatchObject({ width: 150, height: 100 });
    expect(await pictureOf(scan(`q 300 0 0 200 0 0 cm /Scan Do Q ${TEXT}`, 100))).toMatchObject({ width: 833, height: 556 });
    expect(await pictureOf(scan(`q 300 0 0 200 0 0 cm /Scan Do Q 3 Tr ${TEXT}`, 100))).toMatchObject({ width: 150, height: 100 });
  });

  it.each([
    ['/MediaBox [0 0 14400 7200]', {}, 3508, 1754],
    ['/MediaBox [0 0 400 200]', { maxPixels: 20_000 }, 200, 100],
    ['/MediaBox [0 0 0.5 0.1]', {}, 1, 1],
  ])('of %s stays within bounds', async (page, limits, width, height) => {
    expect(await pictureOf(pagePdf({ content: '', page }), limits)).toMatchObject({ width, height });
  });

  it('is what a page of text on a picture is read from', async () => {
    const written: WrittenPage = {
      content: `q 400 0 0 100 0 0 cm /Scan Do Q ${TEXT}`,
      resources: '/XObject << /Scan 6 0 R >>',
      objects: [greyImage(2, 2, () => 200)],
    };
    expect(await withPdf(pagePdf(written), async ({ page }) => (await page(1)).kind)).toBe('picture');
  });
});

describe('where QR codes may be', () => {
  const MESSAGE = 'CZ-EI-32,32060126,0019304458,5d07ea,2026-04-09,486.20';
  const modules = create(MESSAGE, { errorCorrectionLevel: 'M' }).modules;
  const isDark = (x: number, y: number) => modules.get(y, x) === 1;
  const places = Array.from({ length: modules.size ** 2 }, (_, at) => [at % modules.size, Math.floor(at / modules.size)] as const);
  const squares = places.filter(([x, y]) => isDark(x, y)).map(([x, y]) => `${x} ${modules.size - 1 - y} 1 1 re`);
  const seal = '0.9 0.1 0.1 RG 4 w 60 60 m 60 120 l 120 120 l 120 60 l s';

  const codesOf = (written: Omit<WrittenPage, 'content'> & { content: string }) =>
    withPdf(pagePdf({ ...written, content: TEXT + written.content }), async ({ page }) => {
      const read = await page(1);
      if (read.kind !== 'text') throw new TypeError('not a page of text');
      const codes = await Promise.all(read.pictures.map(({ image }) => readCodes(image, decodeQrCodes)));
      return { codes: codes.flat().map(({ text }) => text), sides: read.pictures.map(({ image }) => Math.max(image.width, image.height)) };
    });

  it.each<[string, Omit<WrittenPage, 'content'> & { content: string }]>([
    [
      'a picture',
      {
        content: 'q 70 0 0 70 300 110 cm /Code Do Q',
        resources: '/XObject << /Code 6 0 R >>',
        objects: [greyImage(modules.size, modules.size, (x, y) => (isDark(x, y) ? 0 : 255))],
      },
    ],
    ['one drawing', { content: `q ${70 / modules.size} 0 0 ${70 / modules.size} 300 110 cm ${squares.join(' ')} f Q` }],
    [
      'many squares',
      { content: `q ${70 / modules.size} 0 0 ${70 / modules.size} 300 110 cm ${squares.map((each) => `${each} f`).join('\n')} Q` },
    ],
  ])('they are found as %s, large enough to be read', async (_, written) => {
    const { codes, sides } = await codesOf({ ...written, content: `${written.content} ${seal}` });
    expect(codes).toEqual([MESSAGE]);
    for (const side of sides) expect(side).toBeLessThanOrEqual(600);
  });

  it('is told for a few places only', async () => {
    const many = Array.from({ length: 40 }, (_, i) => `q 30 0 0 30 ${20 + (i % 10) * 34} ${50 + Math.floor(i / 10) * 24} cm /Code Do Q`);
    const { sides } = await codesOf({
      content: many.join(' '),
      page: '/MediaBox [0 0 400 600]',
      resources: '/XObject << /Code 6 0 R >>',
      objects: [greyImage(1, 1, () => 128)],
    });
    expect(sides.length).toBeLessThanOrEqual(8);
  });
});

describe('attached files', () => {
  it('are data where they are XML, whatever they are called', async () => {
    const attachments = [
      { name: 'readme.txt', content: 'no data' },
      { name: 'broken.xml', content: '<a><b></a>' },
      { name: 'dtd.xml', content: '<!DOCTYPE a><a/>' },
      { name: 'data.bin', content: billXml(BILL) },
    ];
    const names = await withPdf(await billPdf([BILL], { attachments }), ({ xml }) => xml.map(({ name }) => name));
    expect(names).toEqual(['EInvoice']);
  });

  it('are found at annotations, too', async () => {
    const file = '/Type /Annot /Subtype /FileAttachment /Rect [0 0 9 9] /FS << /Type /Filespec /F (a) /EF << /F 6 0 R >> >>';
    const bytes = pagePdf({
      content: TEXT,
      page: `/MediaBox [0 0 400 200] /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >> << ${file} >>]`,
      objects: [stream('<a>1</a>', '/Type /EmbeddedFile')],
    });
    expect(await withPdf(bytes, ({ xml }) => xml)).toMatchObject([{ name: 'a', text: '1', children: [] }]);
  });

  it('are left out where they are larger than data may be', async () => {
    const content = `<a>${' '.repeat(5_000_000)}</a>`;
    expect(await withPdf(await billPdf([BILL], { attachments: [{ name: 'a.xml', content }] }), ({ xml }) => xml)).toEqual([]);
  });
});

describe('bills that were written as PDF', () => {
  it('are read as text with their codes, or as the pictures that they are', async () => {
    const [text, scan] = await Promise.all([billPdf([BILL, sampleBill(8, { today: '2026-11-22' })]), billPdf([BILL], { form: 'scan' })]);
    await withPdf(text, async ({ pageCount, page }) => {
      const first = await page(1);
      if (first.kind !== 'text') throw new TypeError('not a page of text');
      const all = first.lines.map(({ text: line }) => line).join('\n');
      for (const value of [BILL.title, BILL.payee, BILL.totalAmountInWords, ...Object.values(BILL.elements)]) expect(all).toContain(value);
      expect(first.lines.every(({ chars }) => chars.every(({ isVisible }) => isVisible))).toBe(true);
      const codes = await Promise.all(first.pictures.map(({ image }) => readCodes(image, decodeQrCodes)));
      expect(codes.flat()).toHaveLength(1);
      expect(pageCount).toBe(2);
    });
    await withPdf(scan, async ({ page }) => {
      const first = await page(1);
      expect(first).toMatchObject({ kind: 'picture', image: { width: 1654 } });
      const { width, height, rgb } = (first as { image: PageImage }).image;
      const { channels } = await sharp(rgb, { raw: { width, height, channels: 3 } }).stats();
      expect(channels[0]!.stdev).toBeGreaterThan(20);
    });
  });
});

describe('hostile files', () => {
  const outcomeOf = (bytes: Buffer) => withPdf(bytes, async ({ page }) => (await page(1)).kind).catch((error: unknown) => error);

  it('end in a page or an error of their own, whatever is changed in them', async () => {
    const sound = pagePdf({ content: TEXT });
    const change = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255) });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = Buffer.from(sound);
        for (const { at, byte } of changes) bytes[at] = byte;
        const outcome = await outcomeOf(bytes);
        if (typeof outcome !== 'string') expect(outcome).toBeInstanceOf(DocumentError);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('that unfold without end are refused, and the next one is read', async () => {
    const forms = Array.from({ length: 40 }, (_, i) =>
      stream(
        i < 39 ? `/X${i + 1} Do `.repeat(3) : '0 0 1 1 re f',
        `/Type /XObject /Subtype /Form /BBox [0 0 400 200] /Resources << /XObject << /X${i + 1} ${7 + i} 0 R >> >>`,
      ),
    );
    const unfolding = pagePdf({ content: `/X0 Do ${TEXT}`, resources: '/XObject << /X0 6 0 R >>', objects: forms });
    expect(await outcomeOf(unfolding)).toMatchObject({ name: 'DocumentError', code: 'unsafe' });
    expect(await outcomeOf(pagePdf({ content: TEXT }))).toBe('text');
  });

  it('with more characters than can be read are pictures', async () => {
    const content = `BT /F 20 Tf 20 100 Td ${'(1234567890) Tj '.repeat(11_000)} ET`;
    expect(await outcomeOf(pagePdf({ content }))).toBe('picture');
  });
});
