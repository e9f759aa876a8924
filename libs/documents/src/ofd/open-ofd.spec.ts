import { ofdFile, type OfdParts } from '@app/samples';
import sharp from 'sharp';
import { DEFAULT_LIMITS } from '../limits';
import { openDocument } from '../open-document';
import type { TextPage } from '../opened-document';
import { openOfd } from './open-ofd';
import { TrustedRoots } from '../signatures/certificates/trusted-roots';

const NOBODY_TRUSTED = { roots: TrustedRoots.none, now: new Date('2026-11-22') };

/** Text of 4 mm at a place in millimetres: attributes of the object, its contents before the TextCode, attributes of the TextCode. */
const text = (value: string, x: number, y: number, { object = '', inside = '', code = '', size = 4, boundary = `${x} ${y} 80 5` } = {}) =>
  `<ofd:TextObject ID="1" Boundary="${boundary}" Font="1" Size="${size}" ${object}>${inside}<ofd:TextCode X="0" Y="3.5" ${code}>${value}</ofd:TextCode></ofd:TextObject>`;
const fill = (value: string, attributes = '') => `<ofd:FillColor Value="${value}" ${attributes}/>`;
const shape = (data: string, colour = '255 255 255', object = '') =>
  `<ofd:PathObject ID="1" Boundary="0 0 210 140" Fill="true" Stroke="false" ${object}>${fill(colour)}<ofd:AbbreviatedData>${data}</ofd:AbbreviatedData></ofd:PathObject>`;
const rectangle = (x: number, y: number, width: number, height: number) =>
  `M ${x} ${y} L ${x + width} ${y} L ${x + width} ${y + height} L ${x} ${y + height} C`;
const image = (id: number, x: number, y: number, width: number, height: number, object = '') =>
  `<ofd:ImageObject ID="1" Boundary="${x} ${y} ${width} ${height}" CTM="${width} 0 0 ${height} 0 0" ResourceID="${id}" ${object}/>`;

async function textPage(parts: OfdParts | string, number = 1): Promise<TextPage> {
  const document = await openOfd(ofdFile(typeof parts === 'string' ? { pages: [parts] } : parts), DEFAULT_LIMITS, NOBODY_TRUSTED);
  const page = await document.page(number);
  if (page.kind !== 'text') throw new Error('text was expected');
  return page;
}

const linesOf = async (parts: OfdParts | string) => (await textPage(parts)).lines.map((line) => line.text);

/** The page's characters, those that nobody sees in brackets. */
const seenOf = async (parts: OfdParts | string) =>
  (await textPage(parts)).lines.map(({ chars }) => chars.map((char) => (char.isVisible ? char.text : `[${char.text}]`)).join(''));

const failureOf = async (bytes: Buffer) => {
  const document = openDocument(bytes).then(async (opened) => {
    for (let number = 1; number <= opened.pageCount; number += 1) await opened.page(number);
    return 'opened';
  });
  return document.catch((error: unknown) => (error as { code: string }).code);
};

const png = (background: string | { r: number; g: number; b: number; alpha: number }, width = 60, height = 60) =>
  sharp({ create: { width, height, channels: typeof background === 'string' ? 3 : 4, background } })
    .png()
    .toBuffer();

describe('text of an OFD page', () => {
  it('stands where the file puts it, in pixels of a page of 8 a millimetre', async () => {
    const page = await textPage(text('票据代码：12', 20, 30, { code: 'DeltaX="g 5 4 2"' }));
    expect(page).toMatchObject({ kind: 'text', number: 1, width: 1680, height: 1120 });
    const [line] = page.lines;
    expect(line?.text).toBe('票据代码：12');
    expect(line?.quad[0]?.map(Math.round)).toEqual([160, Math.round(8 * (30 + 3.5 - 0.86 * 4))]);
    expect(line?.chars.map(({ x }) => Math.round(x))).toEqual([16, 48, 80, 112, 144, 168, 184]);
  });

  it('does not reach from a last colon into what stands beside it', async () => {
    const label = text('票据代码:', 20, 30, { code: 'DeltaX="4 4 4 4"' });
    expect(await seenOf(label + text('32060126', 39, 30))).toEqual(['票据代码: 32060126']);
  });

  it('has no blanks in words whose letters a font makes wider than half an em', async () => {
    expect(await linesOf(text('缴费方式：POS', 20, 30, { code: 'DeltaX="g 5 4 2.6 3.1"' }))).toEqual(['缴费方式：POS']);
    expect(await linesOf(text('校验码', 20, 30, { code: 'DeltaX="5.5 5.5"' }))).toEqual(['校 验 码']);
  });

  it.each([
    ['no steps at all', '', [16, 40, 56]],
    ['a list of steps', 'DeltaX="6 6"', [16, 56, 104]],
    ['steps that are repeated', 'DeltaX="g 2 6"', [16, 56, 104]],
    ['fewer steps than characters', 'DeltaX="6"', [16, 56, 104]],
    ['steps that are none', 'DeltaX="g x 6"', [16, 40, 56]],
    ['more repetitions than any text has', 'DeltaX="g 999999 6"', [16, 56, 104]],
  ])('follows %s', async (_, code, places) => {
    const { lines } = await textPage(text('票12', 20, 30, { code }));
    const start = lines[0]?.quad[0]?.[0] ?? 0;
    expect(start).toBeCloseTo(160);
    const centres = lines.flatMap((line) =>
      line.chars.filter((char) => char.text !== ' ').map((char) => Math.round(line.quad[0]![0] + char.x - 160)),
    );
    expect(centres).toEqual(places);
  });

  it('follows the map of its object, and is read by its own direction', async () => {
    const turned = text('存根联', 100, 40, { object: 'CTM="0 1 -1 0 0 0"', boundary: '100 40 20 40' });
    const small = text('票据', 10, 10, { object: 'CTM="0.5 0 0 0.5 0 0"' });
    const { lines } = await textPage(turned + small);
    expect(lines.map((line) => line.text).sort()).toEqual(['存根联', '票据']);
    const [start, end] = lines.find((line) => line.text === '存根联')?.quad ?? [];
    expect((end?.[1] ?? 0) - (start?.[1] ?? 0)).toBeCloseTo(96);
    expect(lines.find((line) => line.text === '票据')?.quad.map(([x]) => Math.round(x))).toEqual([80, 112, 112, 80]);
  });

  it('may run down with upright characters', async () => {
    expect(await linesOf(text('第一联', 200, 20, { code: 'DeltaX="0 0" DeltaY="4 4"', boundary: '200 20 5 30' }))).toEqual(['第一联']);
    expect(await linesOf(text('第一联', 200, 20, { object: 'ReadDirection="90"', boundary: '200 20 5 30' }))).toEqual(['第一联']);
  });

  it('keeps together what one glyph shows', async () => {
    const inside = '<ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>7</ofd:Glyphs></ofd:CGTransform>';
    const { lines } = await textPage(text('afib', 20, 30, { inside }));
    expect(lines.flatMap(({ chars }) => chars.map((char) => char.text))).toEqual(['a', 'fi', 'b']);
  });

  it('is that of templates, nested blocks, composite units and notes as well', async () => {
    const unit = `<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="50" Width="50" Height="10"><ofd:Content>${text('组合', 0, 0)}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>`;
    const composite = '<ofd:CompositeObject ID="1" Boundary="10 60 50 10" ResourceID="50"/>';
    const block = `<ofd:PageBlock ID="1"><ofd:PageBlock ID="1">${text('正文', 10, 20)}</ofd:PageBlock></ofd:PageBlock>`;
    const annotations = `<ofd:Annot ID="1" Type="Stamp"><ofd:Appearance Boundary="100 100 80 20">${text('注释', 1, 2)}</ofd:Appearance></ofd:Annot>`;
    const { lines } = await textPage({ pages: [block + composite], template: text('模板', 10, 10), resources: unit, annotations });
    expect(lines.map((line) => line.text)).toEqual(['模板', '正文', '组合', '注释']);
    expect(lines[3]?.quad[0]?.[0]).toBeCloseTo(808);
  });

  it('leaves out what is switched off or has no ink', async () => {
    const off = [
      text('一', 10, 10, { object: 'Visible="false"' }),
      text('二', 10, 20, { object: 'Alpha="0"' }),
      text('三', 10, 30, { inside: fill('0 0 0', 'Alpha="0"') }),
      text('四', 10, 40, { object: 'Fill="false"' }),
      `<ofd:PageBlock Visible="false">${text('五', 10, 50)}</ofd:PageBlock>`,
    ];
    const annotations = `<ofd:Annot ID="1" Type="Stamp" Visible="false"><ofd:Appearance Boundary="0 0 80 20">${text('六', 1, 2)}</ofd:Appearance></ofd:Annot>`;
    expect(await linesOf({ pages: [off.join('') + text('七', 10, 60)], annotations })).toEqual(['七']);
  });

  it('takes places that are no numbers for none', async () => {
    const broken = [
      text('一', 10, 10, { code: 'X="NaN"' }).replace('X="0" Y="3.5"', ''),
      text('二', 10, 10, { boundary: '10 1e9 80 5' }),
      text('三', 10, 10, { object: 'CTM="1 0 0 Infinity 0 0"' }),
      text('四', 10, 10, { boundary: '' }),
      text('五', 10, 10, { size: -4 }),
    ];
    expect(await linesOf(broken.join('') + text('六', 10, 60))).toEqual(['六']);
  });
});

describe('text that people do not see as it stands', () => {
  const hidden = ['[1][0][0]'];
  const amount = (options = {}) => text('100', 20, 20, options);

  it.each([
    ['white on white', amount({ inside: fill('255 255 255') })],
    ['nearly white', amount({ inside: fill('240 240 240') })],
    ['nearly without ink', amount({ object: 'Alpha="20"' })],
    ['black on a dark ground', shape(rectangle(10, 10, 60, 30), '20 20 20') + amount()],
    ['off the page', text('100', 215, 20)],
    ['outside its own boundary', amount({ boundary: '20 20 80 5', code: 'X="0" Y="40"' }).replace('X="0" Y="3.5"', '')],
    ['too small to be read', amount({ size: 0.5 })],
    ['mirrored', amount({ object: 'CTM="-1 0 0 1 30 0"' })],
    ['under white paper', amount() + shape(rectangle(10, 10, 60, 30))],
    ['under a circle', amount() + shape('M 10 22 A 15 15 0 0 1 40 22 A 15 15 0 0 1 10 22 C', '90 90 90')],
    [
      'under a thick line',
      `${amount()}<ofd:PathObject ID="1" Boundary="0 0 210 140" LineWidth="6"><ofd:StrokeColor Value="255 255 255"/><ofd:AbbreviatedData>M 10 22 L 60 22</ofd:AbbreviatedData></ofd:PathObject>`,
    ],
    ['under other text', amount() + text('988', 20, 20)],
    ['under white blocks', amount() + text('███', 19, 19, { size: 6, inside: fill('255 255 255') })],
    [
      'clipped away',
      amount({
        inside:
          '<ofd:Clips><ofd:Clip><ofd:Area><ofd:Path Boundary="0 0 210 140"><ofd:AbbreviatedData>M 50 0 L 60 0 L 60 5 C</ofd:AbbreviatedData></ofd:Path></ofd:Area></ofd:Clip></ofd:Clips>',
      }),
    ],
  ])('%s', async (_, content) => {
    const seen = await seenOf(content);
    expect(seen.join('')).toMatch(/\[1\].*\[0\].*\[0\]/u);
    expect(seen.join('')).not.toMatch(/(?<!\[)[10](?!\])/u);
    expect(await seenOf(amount())).toEqual(['100']);
  });

  it('is told by the colour its draw parameters give', async () => {
    const resources = `<ofd:DrawParams><ofd:DrawParam ID="60" Relative="61"/><ofd:DrawParam ID="61">${fill('255 255 255')}</ofd:DrawParam></ofd:DrawParams>`;
    expect(await seenOf({ pages: [amount({ object: 'DrawParam="60"' })], resources })).toEqual(hidden);
    const circle = '<ofd:DrawParams><ofd:DrawParam ID="60" Relative="61"/><ofd:DrawParam ID="61" Relative="60"/></ofd:DrawParams>';
    expect(await seenOf({ pages: [amount({ object: 'DrawParam="60"' })], resources: circle })).toEqual(['100']);
  });

  it('is seen on a ground of another colour, drawn twice to be bold, or on a seal', async () => {
    expect(await seenOf(shape(rectangle(10, 10, 60, 30), '20 20 20') + amount({ inside: fill('255 255 255') }))).toEqual(['100']);
    expect(await seenOf(amount() + text('100', 20.1, 20))).toEqual(['100']);
    expect(await seenOf(shape(rectangle(10, 10, 60, 30), '230 60 60') + amount())).toEqual(['100']);
    expect(await seenOf(amount() + shape(rectangle(10, 10, 60, 30), '230 60 60', 'Alpha="120"'))).toEqual(['100']);
    expect(await seenOf(amount() + text('样票', 5, 0, { size: 40, inside: fill('200 0 0', 'Alpha="60"') }))).toContain('100');
  });

  it('is hidden by a picture only where the picture has something', async () => {
    const images = {
      70: { bytes: await png('#ffffff'), ending: 'png' },
      71: { bytes: await png({ r: 255, g: 0, b: 0, alpha: 0.5 }), ending: 'png' },
      72: { bytes: await png({ r: 0, g: 0, b: 0, alpha: 0 }), ending: 'png' },
      73: { bytes: Buffer.from('97 JB2 of no form that is known'), ending: 'jb2' },
    };
    const over = (id: number, object = '') => seenOf({ pages: [amount() + image(id, 10, 10, 40, 40, object)], images });
    expect(await over(70)).toEqual(hidden);
    expect(await over(70, 'Alpha="120"')).toEqual(['100']);
    expect(await over(71)).toEqual(['100']);
    expect(await over(72)).toEqual(['100']);
    expect(await over(73)).toEqual(hidden);
    expect(await over(99)).toEqual(hidden);
    expect(await seenOf({ pages: [image(70, 10, 10, 40, 40) + amount()], images })).toEqual(['100']);
    const stamp = `<ofd:Annot ID="1" Type="Stamp"><ofd:Appearance Boundary="10 10 40 40">${image(70, 0, 0, 40, 40)}</ofd:Appearance></ofd:Annot>`;
    expect(await seenOf({ pages: [amount()], images, annotations: stamp })).toEqual(hidden);
  });

  it('is not what it was once marks are added to it that are no text', async () => {
    const one = shape('M 17.8 20.5 B 18 20 19 20 19 21 L 18 24 L 17.5 24 C', '0 0 0');
    expect(await seenOf(one + amount())).toEqual(['[1]00']);
    expect(await seenOf(amount() + shape(rectangle(23.5, 23, 0.4, 0.4), '0 0 0'))).toEqual(['[1][0][0]']);
    expect(
      await seenOf({ pages: [amount() + image(70, 26.5, 20, 2, 4)], images: { 70: { bytes: await png('#000000'), ending: 'png' } } }),
    ).toEqual(['10[0]']);
    const rules = `${shape(rectangle(19, 15, 0.3, 12), '0 0 0')}${shape(rectangle(19, 25.5, 40, 0.3), '0 0 0')}`;
    expect(await seenOf(rules + amount())).toEqual(['100']);
  });

  it('is not what it was beside the print of a picture, whose seal may lie there', async () => {
    const lucent = { create: { width: 300, height: 300, channels: 4 as const, background: { r: 0, g: 0, b: 0, alpha: 0 } } };
    const dot = (background: string) => ({
      input: { create: { width: 15, height: 20, channels: 3 as const, background } },
      left: 70,
      top: 102,
    });
    const drawnIn = async (colour: string) =>
      seenOf({ pages: [amount() + image(70, 10, 10, 30, 30)], images: { 70: { bytes: await sharp(lucent).composite([dot(colour)]).png().toBuffer(), ending: 'png' } } }); // prettier-ignore
    expect(await drawnIn('#101010')).toEqual(['[1]00']);
    expect(await drawnIn('#d02020')).toEqual(['100']);
  });

  it('is not believed on a page that is drawn as a whole', async () => {
    const outline = (i: number) => shape(`M ${5 + (i % 20) * 10} ${50 + Math.floor(i / 20) * 6} l`.replace(' l', ` B ${6 + (i % 20) * 10} ${50 + Math.floor(i / 20) * 6} ${8 + (i % 20) * 10} ${52 + Math.floor(i / 20) * 6} ${7 + (i % 20) * 10} ${54 + Math.floor(i / 20) * 6} C`), '0 0 0'); // prettier-ignore
    const outlines = (count: number) => Array.from({ length: count }, (_, i) => outline(i)).join('');
    expect(await seenOf(amount() + outlines(240))).toEqual(hidden);
    expect(await seenOf(amount() + outlines(120))).toEqual(['100']);
  });

  it('is not believed beside a large picture of print', async () => {
    const print = sharp({ create: { width: 300, height: 200, channels: 3, background: '#ffffff' } }).composite([
      { input: { create: { width: 80, height: 20, channels: 3, background: '#000000' } }, left: 20, top: 20 },
    ]);
    const images = { 70: { bytes: await print.png().toBuffer(), ending: 'png' }, 71: { bytes: await png('#e0f0e0'), ending: 'png' } };
    expect(await seenOf({ pages: [amount() + image(70, 60, 40, 120, 80)], images })).toEqual(hidden);
    expect(
      await seenOf({
        pages: [image(71, 0, 0, 210, 140) + amount({ code: 'DeltaX="g 2 2"' }) + text('财政票据一二三四五六七八', 20, 60)],
        images,
      }),
    ).toEqual(['100', '财政票据一二三四五六七八']);
  });
});

describe('pictures of an OFD page', () => {
  const squares = (size: number) =>
    Array.from({ length: size * size }, (_, i) => i).filter((i) => (i * 7919) % 5 < 2 || i === 0 || i === size * size - 1).map((i) => rectangle(150 + (i % size), 10 + Math.floor(i / size), 1, 1)); // prettier-ignore

  it('gives those a code may be in, on white, and none that fill the page or are small', async () => {
    const images = {
      70: { bytes: await png({ r: 0, g: 0, b: 0, alpha: 0 }, 50, 40), ending: 'png' },
      71: { bytes: await png('#e0f0e0'), ending: 'png' },
      72: { bytes: Buffer.from('not a picture'), ending: 'png' },
    };
    const page = await textPage({
      pages: [
        image(71, 0, 0, 210, 140) +
          image(70, 150, 5, 25, 20) +
          image(70, 10, 5, 2, 2) +
          image(72, 10, 30, 20, 20) +
          text('财政票据一二三四五六七八', 20, 60),
      ],
      images,
    });
    expect(page.pictures.map((picture) => [picture.image.width, picture.image.height])).toEqual([[50, 40]]);
    expect([...page.pictures[0]!.image.rgb.subarray(0, 3)]).toEqual([255, 255, 255]);
  });

  it('paints a code that is drawn square by square', async () => {
    const together = await textPage(shape(squares(25).join(' '), '0 0 0') + text('财政票据', 20, 60));
    expect(together.pictures).toHaveLength(1);
    const { width, height, rgb } = together.pictures[0]!.image;
    expect(rgb).toHaveLength(width * height * 3);
    const at = (column: number, row: number) =>
      rgb[3 * (Math.round(72 + ((row + 0.5) * 480) / 25) * width + Math.round(72 + ((column + 0.5) * 480) / 25))];
    expect([at(0, 0), at(24, 24), at(1, 0), at(4, 0)]).toEqual([0, 0, 255, 0]); // prettier-ignore
    const apart = await textPage(squares(25).map((square) => shape(square, '0 0 0')).join('')); // prettier-ignore
    expect(Buffer.compare(apart.pictures[0]!.image.rgb, rgb)).toBe(0);
    expect((await textPage(shape(squares(8).join(' '), '0 0 0'))).pictures).toEqual([]);
  });

  it('gives a scanned page as its picture', async () => {
    const scan = await sharp({ create: { width: 420, height: 280, channels: 3, background: '#fff', noise: { type: 'gaussian', mean: 128, sigma: 60 } } }).jpeg().toBuffer(); // prettier-ignore
    const images = { 70: { bytes: scan, ending: 'jpg' } };
    const open = async (content: string) => openOfd(ofdFile({ pages: [content], images }), DEFAULT_LIMITS, NOBODY_TRUSTED);
    const document = await open(image(70, 0, 0, 210, 140) + text('第1页', 100, 135));
    expect(await document.page(1)).toMatchObject({ kind: 'picture', number: 1, image: { width: 420, height: 280 } });
    expect(await document.picture(1)).toMatchObject({ width: 420 });
    const layered = await open(text('财政票据一二三四五六七八九十', 20, 60) + image(70, 0, 0, 210, 140));
    expect(await layered.page(1)).toMatchObject({ kind: 'picture' });
    const plain = await open(text('财政票据', 20, 60));
    expect(await plain.page(1)).toMatchObject({ kind: 'text' });
    expect(await plain.picture(1)).toBeNull();
    await expect(plain.page(2)).rejects.toThrow(RangeError);
  });

  it('does not pass a scan that it cannot decode for an empty page', async () => {
    const images = { 70: { bytes: Buffer.from('97 JB2 of no form that is known'), ending: 'jb2' } };
    expect(await failureOf(ofdFile({ pages: [image(70, 0, 0, 210, 140)], images }))).toBe('unsupported-type');
    expect(await failureOf(ofdFile({ pages: [image(70, 0, 0, 210, 140)], images: { 70: { bytes: (await png('#fff')).subarray(0, 60), ending: 'png' } } }))).toBe('damaged'); // prettier-ignore
    const seen = await seenOf({ pages: [image(70, 0, 0, 210, 140) + text('财政票据一二三四五六七八', 20, 60)], images });
    expect(seen.join('')).toMatch(/^\[财\]/u);
  });
});

describe('an OFD document', () => {
  it('has the pages of its documents in order, and says what it is', async () => {
    const document = await openDocument(ofdFile({ pages: [text('甲', 10, 10), text('乙', 10, 10)] }));
    expect(document).toMatchObject({ mediaType: 'application/ofd', pageCount: 2, xml: [], signatures: [] });
    expect(await document.page(2)).toMatchObject({ number: 2, lines: [{ text: '乙' }] });
    await document.close();
  });

  it('gives the roots of attached XML, listed or not, and nothing that is none', async () => {
    const files = { 'Doc_0/Attachs/extra.xml': '<Extra/>', 'Doc_0/Other/not.xml': '<Not/>' };
    const attachments = {
      'einvoice.dat': '<?xml version="1.0"?><EInvoice>1</EInvoice>',
      'broken.xml': '<a>',
      'hostile.xml': '<!DOCTYPE a><a/>',
      'letter.txt': 'x',
    };
    const document = await openDocument(ofdFile({ pages: [''], attachments, files }));
    expect(document.xml.map(({ name }) => name)).toEqual(['EInvoice', 'Extra']);
  });

  it('finds its parts relative to the file that names them, from the root, or from a folder above', async () => {
    const relocated = (location: string) =>
      openDocument(ofdFile({ pages: [''], attachments: { 'a.xml': '<A/>' }, files: { 'Doc_0/Attachs/Attachments.xml': `<ofd:Attachments><ofd:Attachment><ofd:FileLoc>${location}</ofd:FileLoc></ofd:Attachment></ofd:Attachments>`, 'Doc_0/Attachs/a.xml': null, 'Doc_0/Data/a.dat': '<A/>' } })); // prettier-ignore
    for (const location of ['/Doc_0/Data/a.dat', '../Data/a.dat', 'Data/a.dat', './../Data//a.dat'])
      expect((await relocated(location)).xml).toHaveLength(1);
    for (const location of ['../../../Doc_0/Data/a.dat', 'data/a.dat', 'C:/a.dat', '\\Doc_0\\Data\\a.dat', 'http://example.invalid/a', ''])
      expect((await relocated(location)).xml).toEqual([]);
  });

  it.each([
    ['damaged', 'has no root', { 'Doc_0/Document.xml': null }],
    ['damaged', 'lacks a page', { 'Doc_0/Pages/Page_0/Content.xml': null }],
    ['damaged', 'has a broken page', { 'Doc_0/Pages/Page_0/Content.xml': '<a>' }],
    ['damaged', 'has an entry point that is none', { 'OFD.xml': '<a/>' }],
    ['unsafe', 'has a DTD', { 'Doc_0/Pages/Page_0/Content.xml': '<!DOCTYPE a><a/>' }],
    ['unsafe', 'has names that differ by case', { 'doc_0/document.xml': '<a/>' }],
    ['encrypted', 'is encrypted', { 'Encryptions.xml': '<a/>' }],
    ['encrypted', 'says it is encrypted', { 'OFD.xml': '<OFD><Encryptions>a</Encryptions></OFD>' }],
  ])('is %s when it %s', async (code, _, files) => expect(await failureOf(ofdFile({ pages: [''], files }))).toBe(code));

  it('is opened without the parts that it can do without', async () => {
    expect(await failureOf(ofdFile({ pages: [''], files: { 'Doc_0/DocumentRes.xml': null } }))).toBe('opened');
  });
});

describe('a hostile OFD document', () => {
  it('is refused for units that hold themselves, or one another many times', async () => {
    const unit = (id: number, content: string) =>
      `<ofd:CompositeGraphicUnit ID="${id}"><ofd:Content>${content}</ofd:Content></ofd:CompositeGraphicUnit>`;
    const use = (id: number) => `<ofd:CompositeObject ID="1" Boundary="0 0 10 10" ResourceID="${id}"/>`;
    const pack = (units: string) =>
      ofdFile({ pages: [use(50)], resources: `<ofd:CompositeGraphicUnits>${units}</ofd:CompositeGraphicUnits>` });
    expect(await failureOf(pack(unit(50, use(50))))).toBe('unsafe');
    const levels = [50, 51, 52, 53, 54, 55, 56].map((id) => unit(id, use(id + 1).repeat(20)));
    expect(await failureOf(pack(levels.join('') + unit(57, '<ofd:PageBlock/>')))).toBe('unsafe');
  });

  it.each([
    ['characters', text('1'.repeat(60_000), 10, 10)],
    ['characters in one place', text('1'.repeat(20_000), 10, 10, { code: 'DeltaX="0"' })],
    ['covers over one another', text('票'.repeat(500), 10, 10, { code: 'DeltaX="0.1"' }) + shape(rectangle(0, 0, 210, 140)).repeat(8_000)],
    ['pictures', image(70, 0, 0, 10, 10).repeat(1_001)],
    ['corners', shape(`M 0 0 ${'L 1 1 '.repeat(1_100_000)}`)],
    ['depth', '<ofd:PageBlock>'.repeat(80) + '</ofd:PageBlock>'.repeat(80)],
  ])('is refused for too many %s', async (_, content) => expect(await failureOf(ofdFile({ pages: [content] }))).toBe('unsafe'));

  it('takes no code from a drawing of more squares than any code has', async () => {
    const squaresAnywhere = Array.from({ length: 130_000 }, (_, i) => rectangle((i * 7919) % 97, (i * 104_729) % 89, 1, 1));
    const heap = shape(squaresAnywhere.join(' '), '0 0 0');
    expect((await textPage(heap)).pictures).toEqual([]);
  });

  it('is refused for too many pages, and shows an absurdly large one small', async () => {
    expect(await failureOf(ofdFile({ pages: Array.from({ length: 51 }, () => '') }))).toBe('too-many-pixels');
    expect(await textPage({ width: 100_000, height: 50_000, pages: [''] })).toMatchObject({ width: 8_000, height: 4_000 });
  });
});
