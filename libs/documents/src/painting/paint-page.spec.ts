import sharp from 'sharp';
import { DocumentError } from '../document.error';
import type { OpenedDocument, PicturePage, TextPage } from '../opened-document';
import type { PageImage } from '../page-image';
import type { TextLine } from '../text/text-line';
import { readXml } from '../xml/read-xml';
import { paintPage } from './paint-page';
import { LONGEST_SIDE } from './paint-picture';

/** White, but for a black quarter at the left. */
function blackAtLeft(width: number, height: number): PageImage {
  const rgb = new Uint8Array(width * height * 3).map((_, at) => ((at / 3) % width < width / 4 ? 0 : 255));
  return { width, height, rgb };
}

function documentDrawing(picture: OpenedDocument['picture']): OpenedDocument {
  const unused = (): Promise<never> => Promise.reject(new Error('not asked for'));
  return { mediaType: 'application/ofd', pageCount: 1, xml: [], signatures: [], page: unused, picture, close: unused };
}
const UNDRAWABLE = documentDrawing(() => Promise.resolve(null));

const picturePage = (image: PageImage): PicturePage => ({ kind: 'picture', number: 1, image });

function line(text: string, changes: Partial<TextLine> = {}, isVisible: (char: string) => boolean = () => true): TextLine {
  const chars = Array.from(text, (char, at) => ({ text: char, x: 10 + at * 20, isVisible: isVisible(char) }));
  const right = 100 + chars.length * 20;
  const quad: TextLine['quad'] = [
    [100, 50],
    [right, 50],
    [right, 70],
    [100, 70],
  ];
  return { text, quad, chars, ...changes };
}
const textPage = (...lines: TextLine[]): TextPage => ({ kind: 'text', number: 1, width: 400, height: 200, lines, pictures: [] });

/** The elements of a painted text page, through the strict reader that e-bills go through: it must be XML to every browser. */
async function textsOf(page: TextPage, document = UNDRAWABLE): Promise<string[]> {
  const { mediaType, bytes } = await paintPage(document, page, 0);
  expect(mediaType).toBe('image/svg+xml');
  const group = readXml(bytes).children.find(({ name }) => name === 'g');
  return group!.children.map(({ text }) => text);
}

describe('paintPage', () => {
  it.each([
    [0, [80, 60], 'left'],
    [90, [60, 80], 'top'],
    [180, [80, 60], 'right'],
    [270, [60, 80], 'bottom'],
  ] as const)('turns a picture by %i degrees clockwise', async (turned, [width, height], darkSide) => {
    const { mediaType, bytes } = await paintPage(UNDRAWABLE, picturePage(blackAtLeft(80, 60)), turned);
    expect(mediaType).toBe('image/webp');
    const { data, info } = await sharp(bytes).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([width, height]);
    const at = (x: number, y: number): number => data[(y * width + x) * info.channels]!;
    const middle = { left: at(4, height / 2), right: at(width - 5, height / 2), top: at(width / 2, 4), bottom: at(width / 2, height - 5) };
    const darkest = Object.entries(middle).sort(([, a], [, b]) => a - b)[0]!;
    expect(darkest[0]).toBe(darkSide);
  });

  it('makes a large picture as large as a browser needs, and a small one no larger', async () => {
    const large = await paintPage(UNDRAWABLE, picturePage(blackAtLeft(3_000, 1_500)), 90);
    expect(await sharp(large.bytes).metadata()).toMatchObject({ width: LONGEST_SIDE / 2, height: LONGEST_SIDE });
    const small = await paintPage(UNDRAWABLE, picturePage(blackAtLeft(30, 20)), 0);
    expect(await sharp(small.bytes).metadata()).toMatchObject({ width: 30, height: 20 });
  });

  it('shows a page of text as the document looks, where that can be drawn', async () => {
    const document = documentDrawing(() => Promise.resolve(blackAtLeft(40, 30)));
    expect(await paintPage(document, textPage(line('票据')), 0)).toMatchObject({ mediaType: 'image/webp' });
  });

  it('draws the text itself where the document cannot be drawn, or is damaged there', async () => {
    expect(await textsOf(textPage(line('票据代码'), line('486.20')))).toEqual(['票据代码', '486.20']);
    const damaged = documentDrawing(() => Promise.reject(new DocumentError('damaged', 'the page is damaged')));
    expect(await textsOf(textPage(line('票据代码')), damaged)).toEqual(['票据代码']);
  });

  it('passes on what is no fault of the document', async () => {
    const broken = documentDrawing(() => Promise.reject(new TypeError('no renderer')));
    await expect(paintPage(broken, textPage(line('a')), 0)).rejects.toThrow('no renderer');
  });

  it('draws each line at its place, as wide as it stands in the file, in its direction', async () => {
    const upwards: TextLine['quad'] = [
      [30, 190],
      [30, 70],
      [50, 70],
      [50, 190],
    ];
    const { bytes } = await paintPage(UNDRAWABLE, textPage(line('金额合计六字'), line('金额合计六字', { quad: upwards })), 0);
    const places = [...bytes.toString().matchAll(/<text transform="(.*?)" x="(.*?)" .*? textLength="(.*?)"/g)].map((match) =>
      match.slice(1),
    );
    expect(places).toEqual([
      ['translate(100 50) rotate(0)', '0', '120'],
      ['translate(30 190) rotate(-90)', '0', '120'],
    ]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'svg', width: 400, height: 200 });
  });

  it('keeps markup of a hostile document text', async () => {
    const hostile = `</text><script href="x">'&#0;`;
    expect(await textsOf(textPage(line(hostile)))).toEqual([hostile]);
    expect(await textsOf(textPage(line('a\u0000b\ufffe\ud800c')))).toEqual(['a\ufffdb\ufffd\ufffdc']);
  });

  it('does not draw what the page does not show', async () => {
    expect(
      await textsOf(
        textPage(
          line('12xx34', {}, (char) => char !== 'x'),
          line('xx', {}, () => false),
        ),
      ),
    ).toEqual(['12', '34']);
  });

  it('lets what begins or ends a line reach to that end, whatever the widths of its characters', async () => {
    const narrow = [
      { text: '7', x: 6, isVisible: true },
      { text: 'x', x: 20, isVisible: false },
      { text: '次', x: 50, isVisible: true },
    ];
    const { bytes } = await paintPage(UNDRAWABLE, textPage(line('7x次', { chars: narrow })), 0);
    const runs = [...bytes.toString().matchAll(/ x="(.*?)" .*? textLength="(.*?)"/g)].map((match) => match.slice(1));
    expect(runs).toEqual([
      ['0', '16'],
      ['40', '20'],
    ]);
  });

  it('survives places that are no places', async () => {
    const nowhere: TextLine['quad'] = [
      [Number.NaN, 0],
      [Infinity, 0],
      [0, 0],
      [0, 0],
    ];
    expect(await textsOf(textPage(line('a', { quad: nowhere }), line('b', { quad: [] })))).toEqual(['a']);
  });
});
