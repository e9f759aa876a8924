import { pagePdf, show, stream, type WrittenPage } from '../../../../test/support/written-pdf';
import { DEFAULT_LIMITS } from '../limits';
import type { DocumentPage, TextPage } from '../opened-document';
import { openPdf } from './open-pdf';
import { TrustedRoots } from '../signatures/certificates/trusted-roots';

const NOBODY_TRUSTED = { roots: TrustedRoots.none, now: new Date('2026-11-22') };

async function read(written: WrittenPage): Promise<DocumentPage> {
  const document = await openPdf(pagePdf(written), DEFAULT_LIMITS, NOBODY_TRUSTED);
  try {
    return await document.page(1);
  } finally {
    await document.close();
  }
}

async function textOf(written: WrittenPage): Promise<TextPage> {
  const page = await read(written);
  if (page.kind !== 'text') throw new TypeError('not a page of text');
  return page;
}

const linesOf = async (written: WrittenPage) => (await textOf(written)).lines.map(({ text }) => text);

/** Which characters of the page's lines are seen; those that are not are shown as question marks. */
const seenOf = async (written: WrittenPage) =>
  (await textOf(written)).lines.map(({ chars }) => chars.map(({ text, isVisible }) => (isVisible ? text : '?')).join(''));

const REST = show('Issued 2026-04-09', 20, 40);

type Point = [number, number];

/** Of 100 dpi. */
const PIXELS = 100 / 72;

describe('the text of a page', () => {
  it('comes as lines with their places, in whatever order the file has it', async () => {
    const page = await textOf({ content: show('486.20', 220, 150) + show('0019304458', 20, 150) + REST });
    expect(page).toMatchObject({ number: 1, width: 556, height: 278, pictures: [] });
    expect(page.lines.map(({ text }) => text)).toEqual(['0019304458', '486.20', 'Issued 2026-04-09']);
    const [[left, top]] = page.lines[1]!.quad as [[number, number]];
    expect(left).toBeCloseTo(220 * PIXELS, 0);
    expect(top).toBeCloseTo((200 - 150 - 0.88 * 20) * PIXELS, 0);
    expect(page.lines[0]!.quad[2]![1] - page.lines[0]!.quad[0]![1]).toBeCloseTo(20 * PIXELS, 0);
  });

  it.each([
    [0, 0, [220, 200 - 150]],
    [90, Math.PI / 2, [150, 220]],
    [180, Math.PI, [400 - 220, 150]],
    [270, -Math.PI / 2, [200 - 150, 400 - 220]],
  ])('of a page turned by %i degrees stands as the page is shown', async (degrees, angle, [x = 0, y = 0]) => {
    const page = `/MediaBox [0 0 400 200] /Rotate ${degrees}`;
    const shown = await textOf({ page, content: show('486.20', 220, 150) + REST });
    const line = shown.lines.find(({ text }) => text === '486.20')!;
    const [[left, top], [endX, endY], , [footX, footY]] = line.quad as [Point, Point, Point, Point];
    expect(shown.width > shown.height).toBe(degrees % 180 === 0);
    // The baseline's start is 0.88 of the way from the top to the foot.
    expect(left + 0.88 * (footX - left)).toBeCloseTo(x * PIXELS, 0);
    expect(top + 0.88 * (footY - top)).toBeCloseTo(y * PIXELS, 0);
    expect(Math.cos(Math.atan2(endY - top, endX - left) - angle)).toBeCloseTo(1, 2);
  });

  it('is cut to the part of the page that is shown', async () => {
    const page = await textOf({
      page: '/MediaBox [0 0 400 200] /CropBox [200 100 400 200]',
      content: show('486.20 0019304458', 220, 150) + show('9999', 20, 20),
    });
    expect(page).toMatchObject({ width: 278, height: 139 });
    expect(page.lines.map(({ text }) => text)).toEqual(['486.20 0019304458']);
    expect(page.lines[0]!.quad[0]![0]).toBeCloseTo(20 * PIXELS, 0);
  });

  it('keeps its own direction', async () => {
    const turned = 'BT /F 20 Tf 0.7071 0.7071 -0.7071 0.7071 100 20 Tm (Sample 123) Tj ET\n';
    const page = await textOf({ content: turned + show('0019304458', 220, 150) });
    const line = page.lines.find(({ text }) => text === 'Sample 123')!;
    const [start, end] = line.quad as [[number, number], [number, number]];
    expect(Math.atan2(end[1] - start[1], end[0] - start[0])).toBeCloseTo(-Math.PI / 4, 2);
  });

  it('is read in forms inside forms, where the file moves them', async () => {
    const objects = [
      stream(
        'q 1 0 0 1 100 0 cm /Inner Do Q',
        '/Type /XObject /Subtype /Form /BBox [0 0 400 200] /Resources << /XObject << /Inner 7 0 R >> >>',
      ),
      stream(show('486.20', 0, 0), '/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Resources << /Font << /F 5 0 R >> >>'),
    ];
    const content = `q 0.5 0 0 0.5 20 150 cm /Outer Do Q ${show('0019304458', 200, 150)}`;
    const page = await textOf({ content, objects, resources: '/XObject << /Outer 6 0 R >>' });
    expect(page.lines.map(({ text }) => text)).toEqual(['486.20', '0019304458']);
    expect(page.lines[0]!.quad[0]![0]).toBeCloseTo(70 * PIXELS, 0);
  });

  it('keeps doubled figures and hyphens at the end of a line', async () => {
    expect(await linesOf({ content: show('11060126-', 20, 150) + show('1100', 20, 125) + REST })).toEqual([
      '11060126-',
      '1100',
      'Issued 2026-04-09',
    ]);
  });
});

describe('fonts', () => {
  const cmap = (entries: string) =>
    stream(
      `/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange ${entries} endcmap end end`,
    );
  const withMap = (entries: string): WrittenPage => ({
    content: `BT /G 20 Tf 20 150 Td (ab) Tj ET\n${REST}`,
    fonts: '/G 6 0 R',
    objects: ['<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>', cmap(entries)],
  });

  it('may say that a sign is a radical: it is given as the character that it looks like', async () => {
    expect(await linesOf(withMap('2 beginbfchar <61> <2FA6> <62> <2ED3> endbfchar'))).toContain('金长');
  });

  it('may give a ligature its letters, or a character beyond the first 65,536', async () => {
    expect(await linesOf(withMap('2 beginbfchar <61> <006600660069> <62> <D840DC0B> endbfchar'))).toContain('ffi𠀋');
  });

  it.each(['FFFD', 'E123', '0007'])('that give a sign the code %s leave open what it is: the page is a picture', async (code) => {
    expect(await read(withMap(`2 beginbfchar <61> <${code}> <62> <0062> endbfchar`))).toMatchObject({ kind: 'picture' });
  });

  it('may give a code without a meaning to a sign that draws nothing', async () => {
    const written = withMap('3 beginbfchar <61> <0061> <62> <0062> <20> <0009> endbfchar');
    expect(await linesOf({ ...written, content: `BT /G 20 Tf 20 150 Td (a b) Tj ET\n${REST}` })).toContain('a b');
  });

  it('that show other figures than they say are not believed, be it all their figures or one', async () => {
    const swapped = (from: string, to: string, shown: string): WrittenPage => ({
      content: `BT /G 12 Tf 20 150 Td (${shown}) Tj ET\n${REST}`,
      fonts: '/G 6 0 R',
      objects: [
        '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>',
        cmap(`1 beginbfchar <${from}> <00${to}> endbfchar`),
      ],
    });
    expect(await read(swapped('39', '39', '9188.00'))).toMatchObject({ kind: 'text' });
    expect(await read(swapped('39', '31', '9188.00'))).toMatchObject({ kind: 'picture' });
    expect(await read(swapped('34', '37', '4188.00 1177 2771 7117'))).toMatchObject({ kind: 'picture' });
  });

  it.each([
    ['UniGB-UCS2-H', '7968636e53f77801'],
    ['GBK-EUC-H', 'c6b1beddbac5c2eb'],
  ])('that the file names and does not hold are read through %s', async (encoding, text) => {
    const descriptor =
      '/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /Ascent 880 /Descent -120 /StemV 93 >>';
    const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /DW 1000 ${descriptor} >>`;
    const font = `<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /${encoding} /DescendantFonts [${descendant}] >>`;
    const written = { content: `BT /G 20 Tf 20 150 Td <${text}> Tj ET\n${REST}`, fonts: '/G 6 0 R', objects: [font] };
    expect(await linesOf(written)).toContain('票据号码');
    expect((await seenOf(written)).join('')).not.toContain('?');
  });
});

describe('text beside the signs', () => {
  const instead = (text: string, sign: string, at = 20) => `/Span << /ActualText (${text}) >> BDC ${show(sign, at, 150)} EMC\n`;

  it('is read in place of them', async () => {
    expect(await linesOf({ content: instead('abc', 'xyz') + REST })).toContain('abc');
  });

  it('is not believed of a figure: the page is a picture', async () => {
    expect(await read({ content: instead('1188.00', '4188.00') + REST })).toMatchObject({ kind: 'picture' });
  });
});

describe('text that draws nothing', () => {
  const hidden = 'HIDDEN 9999';
  const layer = {
    catalogue: '/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>',
    objects: ['<< /Type /OCG /Name (off) >>'],
    resources: '/Properties << /Layer 6 0 R >>',
  };

  it.each<[string, string, Partial<WrittenPage>]>([
    ['is drawn with mode 3', `3 Tr ${show(hidden, 20, 150)} 0 Tr `, {}],
    ['only clips', `q 7 Tr ${show(hidden, 20, 150)} Q `, {}],
    ['is wholly transparent', `q /None gs ${show(hidden, 20, 150)} Q `, { resources: '/ExtGState << /None << /ca 0 >> >>' }],
    ['stands beside the page', show(hidden, 20, 250) + show(hidden, 500, 100), {}],
    ['is clipped away', `q 0 0 5 5 re W n ${show(hidden, 20, 150)} Q `, {}],
    ['is on a layer that is off', `/OC /Layer BDC ${show(hidden, 20, 150)} EMC `, layer],
  ])('is left out where it %s', async (_, content, more) => {
    expect(await linesOf({ content: content + REST, ...more })).toEqual(['Issued 2026-04-09']);
  });

  it('over a scan leaves the page a picture', async () => {
    const page = await read({
      content: `q 400 0 0 200 0 0 cm /Scan Do Q 3 Tr ${show(hidden, 20, 150)}${REST}`,
      resources: '/XObject << /Scan 6 0 R >>',
      objects: [
        stream('\u0000\u00ff\u00ff\u0000', '/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8'),
      ],
    });
    expect(page).toMatchObject({ kind: 'picture' });
  });
});

describe('text that is not seen', () => {
  const amount = show('1188.00', 20, 150);
  const white = stream('\u00ff', '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8');
  const form = stream('1 g 0 0 200 100 re f', '/Type /XObject /Subtype /Form /BBox [0 0 200 100]');
  const note = '/Annots [<< /Type /Annot /Subtype /Stamp /Rect [10 140 150 180] /F 4 /AP << /N 6 0 R >> >>]';

  it.each<[string, string, Partial<WrittenPage>]>([
    ['white on paper', `1 g ${amount} 0 g `, {}],
    ['nearly white', `0.9 g ${amount} 0 g `, {}],
    ['nearly transparent', `q /Thin gs ${amount} Q `, { resources: '/ExtGState << /Thin << /ca 0.08 >> >>' }],
    ['under an area', `${amount} 1 g 10 140 150 40 re f 0 g `, {}],
    ['under a picture', `${amount} q 150 0 0 40 10 140 cm /Cover Do Q `, { resources: '/XObject << /Cover 6 0 R >>', objects: [white] }],
    ['under a form', `${amount} q 1 0 0 1 10 140 cm /Cover Do Q `, { resources: '/XObject << /Cover 6 0 R >>', objects: [form] }],
    ['under an annotation', amount, { page: `/MediaBox [0 0 400 200] ${note}`, objects: [form] }],
    ['under an area that bears another amount', `${amount} 1 g 10 140 150 40 re f 0 g ${show('4', 20, 150)}`, {}],
    ['under paths that make other signs of it', `${amount} 12 w 20 145 m 100 165 l S 20 165 m 100 145 l S 20 155 m 100 155 l S `, {}],
  ])('is given as not seen: %s', async (_, content, more) => {
    const seen = await seenOf({ content: content + REST, ...more });
    expect(seen.join('|')).not.toContain('1188');
    expect(seen).toContain('Issued 2026-04-09');
    expect((await linesOf({ content: content + REST, ...more })).join()).toContain('188.00');
  });

  it('is told character by character, also where a part of it is covered', async () => {
    // Each figure of Helvetica is 0.556 em wide: the third and the left of the fourth are covered.
    const cover = '1 g 42.3 140 16 40 re f 0 g ';
    expect((await seenOf({ content: amount + cover + REST }))[0]).toBe('11??.00');
  });

  it.each<[string, string, Partial<WrittenPage>]>([
    ['grey', `0.5 g ${amount} 0 g `, {}],
    ['red', `0.8 0.1 0.1 rg ${amount} 0 g `, {}],
    ['white on dark', `0 g 10 140 150 40 re f 1 g ${amount} 0 g `, {}],
    ['drawn after an area', `0.9 g 10 140 150 40 re f 0 g ${amount}`, {}],
    ['on a rule', `${amount} 1 w 10 149 m 200 149 l S `, {}],
    ['drawn twice to be bold', amount + show('1188.00', 20.3, 150), {}],
    ['under a seal', `${amount} q /Seal gs 0.85 0.1 0.1 rg 10 140 150 40 re f Q `, { resources: '/ExtGState << /Seal << /ca 0.6 >> >>' }],
    [
      'under ink that multiplies',
      `${amount} q /Seal gs 1 0.2 0.2 rg 10 140 150 40 re f Q `,
      { resources: '/ExtGState << /Seal << /BM /Multiply >> >>' },
    ],
    ['over a seal', `0.85 0.1 0.1 rg 15 145 4 30 re f 40 145 4 30 re f 0 g ${amount}`, {}],
  ])('is seen where it stands %s', async (_, content, more) => {
    expect(await seenOf({ content: content + REST, ...more })).toContain('1188.00');
  });
});

describe('a page with hardly any text', () => {
  it('is a picture', async () => {
    expect(await read({ content: show('Page 1', 20, 150) })).toMatchObject({ kind: 'picture', image: { width: 1111, height: 556 } });
    expect(await read({ content: '' })).toMatchObject({ kind: 'picture' });
  });
});
