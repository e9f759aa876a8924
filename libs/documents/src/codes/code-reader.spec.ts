import QRCode from 'qrcode';
import sharp from 'sharp';
import { SOURCE_ARGV } from '../../../../test/support/source-argv';
import { countingServer } from '../../../../test/hostile/counting-server';
import type { PageImage } from '../page-image';
import { CodeReader, type CodeReaderOptions } from './code-reader';

// The thread has modules of its own, which this does not reach.
jest.mock('zxing-wasm/reader', () => {
  throw new Error('the decoder was loaded by the calling thread');
});

const TEXT = 'CZ-EI-32,32060126,0019304458,5d07ea,20260409,486.20';
const SOURCE: CodeReaderOptions = { workerExecArgv: SOURCE_ARGV };

interface Drawn {
  text?: string;
  size: number;
  left?: number;
  top?: number;
  change?: (code: sharp.Sharp) => sharp.Sharp;
}

async function draw({ text = TEXT, size, left = 200, top = 100, change = (code) => code }: Drawn): Promise<sharp.OverlayOptions> {
  const small = await QRCode.toBuffer(text, { width: Math.min(size, 400), margin: 2 });
  const code = sharp(await sharp(small).resize(size, size, { kernel: 'nearest' }).png().toBuffer());
  return { input: await change(code).png().toBuffer(), left, top };
}

async function pageOf(overlays: sharp.OverlayOptions[], width = 1800, height = 1000): Promise<PageImage> {
  const paper = sharp({ create: { width, height, channels: 3, background: '#fff' } });
  const rgb = await paper.composite(overlays).removeAlpha().raw().toBuffer();
  return { width, height, rgb };
}

const pageWith = async (code: Drawn, width?: number, height?: number) => pageOf([await draw(code)], width, height);

describe('CodeReader', () => {
  const reader = new CodeReader(SOURCE);
  const textsOf = async (page: PageImage) => (await reader.read(page)).map(({ text }) => text);

  afterAll(() => reader.close());

  it('gives text, and corners in pixels of the page', async () => {
    const [code] = await reader.read(await pageWith({ size: 300 }));
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

  it('reads an address and asks nobody for what is there', async () => {
    const home = await countingServer();
    const text = `${home.url}/callback?token=x`;
    expect(await textsOf(await pageWith({ text, size: 300 }))).toEqual([text]);
    expect(home.asked).toEqual([]);
    await home.close();
  });

  it.each<[string, Drawn, number, number]>([
    ['of 90 pixels on a scan', { size: 90 }, 2480, 1754],
    ['on a photograph of 13 megapixels', { size: 150, left: 2500, top: 1500 }, 4160, 3120],
    ['that fills the page', { size: 1700, left: 20, top: 20 }, 1800, 1740],
    ['that is pale', { size: 240, change: (code) => code.linear(0.12, 210) }, 1800, 1000],
    ['printed in red', { size: 240, change: (code) => code.linear([0.2, 1, 1], [200, 0, 0]) }, 1800, 1000],
    ['out of focus', { size: 200, change: (code) => code.blur(1.5) }, 1800, 1000],
    ['turned by a few degrees', { size: 240, change: (code) => code.rotate(8, { background: '#fff' }) }, 1800, 1000],
    ['standing on its corner', { size: 240, change: (code) => code.rotate(45, { background: '#fff' }) }, 1800, 1000],
    ['upside down', { size: 240, change: (code) => code.rotate(180) }, 1800, 1000],
  ])('finds a code %s', async (_, code, width, height) => {
    expect(await textsOf(await pageWith(code, width, height))).toEqual([TEXT]);
  });

  it('finds a code under a red seal', async () => {
    const seal = Buffer.from('<svg width="300" height="300"><circle cx="150" cy="150" r="120" fill="#e02020"/></svg>');
    const page = await pageOf([await draw({ size: 240 }), { input: seal, left: 170, top: 90, blend: 'multiply' }]);
    expect(await textsOf(page)).toEqual([TEXT]);
  });

  it('finds every code of a page', async () => {
    const texts = ['bill one', 'bill two', 'bill three'];
    const page = await pageOf(await Promise.all(texts.map((text, i) => draw({ text, size: 120 + 80 * i, left: 100 + 500 * i }))));
    expect((await textsOf(page)).sort()).toEqual([...texts].sort());
  });

  it('gives nothing for a page without codes', async () => {
    expect(await reader.read(await pageOf([], 600, 400))).toEqual([]);
    expect(await reader.read(await pageOf([], 1, 1))).toEqual([]);
  });

  it('reads pages that are offered together, and leaves their pixels alone', async () => {
    const pages = await Promise.all(['a', 'b', 'c'].map((text) => pageWith({ text, size: 200 }, 600, 400)));
    const before = pages.map(({ rgb }) => Buffer.from(rgb));
    expect(await Promise.all(pages.map(textsOf))).toEqual([['a'], ['b'], ['c']]);
    expect(pages.every(({ rgb }, i) => before[i]?.equals(rgb))).toBe(true);
  });

  it('refuses more pages than it may hold, until one is done', async () => {
    const bounded = new CodeReader({ ...SOURCE, maxPages: 1 });
    const page = await pageWith({ size: 200 }, 600, 400);
    const first = bounded.read(page);
    await expect(bounded.read(page)).rejects.toMatchObject({ name: 'CodeReaderError', failure: 'busy' });
    expect(await first).toHaveLength(1);
    expect(await bounded.read(page)).toHaveLength(1);
    await bounded.close();
  });

  it('rejects what waits when it is closed, and what comes after', async () => {
    const closing = new CodeReader(SOURCE);
    const page = await pageWith({ size: 200 }, 600, 400);
    const readings = [closing.read(page), closing.read(page)].map((reading) =>
      expect(reading).rejects.toMatchObject({ name: 'CodeReaderError', failure: 'closed' }),
    );
    await closing.close();
    await Promise.all(readings);
    await expect(closing.read(page)).rejects.toMatchObject({ failure: 'closed' });
  });
});
