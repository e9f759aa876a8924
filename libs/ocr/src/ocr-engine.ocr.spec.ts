import { drawPage, type Print } from '../test/draw-page';
import { openEngine } from '../test/open-engine';
import { lexicon, OcrBusyError, OcrClosedError, type OcrEngine, type PageText, type Quad } from '.';
import { turnPage } from './layout/turn-page';
import type { Turn } from './page';

/** Real: onnxruntime in worker threads, with the best model pack at hand. The pages are drawn here. */

const BILL: Print[] = [
  { text: '票据代码：31060126', x: 60, y: 90 },
  { text: '票据号码：0037704965', x: 520, y: 90 },
  { text: '交款人：张三', x: 60, y: 160 },
  { text: '开票日期：2026-02-28', x: 520, y: 160 },
  { text: '检查费', x: 60, y: 230 },
  { text: '1000.00', x: 520, y: 230 },
  { text: '金额合计（大写）壹仟元整', x: 60, y: 300 },
  { text: '收款单位（章）：人民医院', x: 60, y: 370 },
];

const squeezed = (text: string) => text.replace(/\s/gu, '').replaceAll(':', '：').replaceAll('(', '（').replaceAll(')', '）');
const textsOf = (page: PageText) => page.lines.map((line) => squeezed(line.text));
const lineOf = (page: PageText, text: string) => page.lines.find((line) => squeezed(line.text) === text);

function centreOf(quad: Quad): [number, number] {
  return [quad.reduce((sum, [x]) => sum + x, 0) / 4, quad.reduce((sum, [, y]) => sum + y, 0) / 4];
}

describe('OcrEngine', () => {
  let engine: OcrEngine;

  beforeAll(async () => (engine = await openEngine({ workers: 2, maxPages: 4 })));
  afterAll(() => engine.close());

  it('reads a bill line by line, in reading order', async () => {
    const page = await engine.read(await drawPage(900, 420, BILL));
    expect(textsOf(page)).toEqual(BILL.map(({ text }) => text));
    expect(page).toMatchObject({ width: 900, height: 420, turned: 0 });
    for (const line of page.lines) expect(line.confidence).toBeGreaterThan(0.8);
  });

  it.each<Turn>([90, 180, 270])('turns a page upright that has to be turned by %d degrees', async (turn) => {
    const back = { 90: 270, 180: 180, 270: 90, 0: 0 }[turn] as Turn;
    const page = await engine.read(turnPage(await drawPage(900, 420, BILL), back));
    expect(page).toMatchObject({ turned: turn, width: 900, height: 420 });
    expect(textsOf(page)).toEqual(BILL.map(({ text }) => text));
  });

  it.each([-5, 3])('reads a page tilted by %d degrees', async (tilt) => {
    const page = await engine.read(await drawPage(900, 520, BILL, { tilt }));
    expect(textsOf(page)).toEqual(BILL.map(({ text }) => text));
  });

  it('reads what is asked for, wave by wave, and nothing else', async () => {
    const seen: string[][] = [];
    const page = await engine.read(await drawPage(900, 420, BILL), {
      choose: (read, unread) => {
        seen.push(read.map(({ text }) => squeezed(text)));
        return read.length < 2 ? [...unread].sort((a, b) => a[0][1] - b[0][1]).slice(0, 1) : [];
      },
    });
    expect(textsOf(page)).toHaveLength(2);
    expect(BILL.slice(0, 2).map(({ text }) => text)).toEqual(expect.arrayContaining(textsOf(page)));
    expect(seen.map((texts) => texts.length)).toEqual([0, 1, 2]);
  });

  it('tells where a word stands on a page whose sides are no multiple of the detector input', async () => {
    const page = await engine.read(await drawPage(2481, 1755, [{ text: '票据号码：0037704965', x: 1500, y: 1200, size: 40 }, ...BILL]));
    const [x, y] = centreOf(lineOf(page, '票据号码：0037704965')!.quad);
    const found = page.lines.filter((line) => squeezed(line.text) === '票据号码：0037704965').map((line) => centreOf(line.quad));
    expect(found).toHaveLength(2);
    expect([Math.abs(x - 660) < 12, Math.abs(y - 80) < 12]).toEqual([true, true]);
    expect([Math.abs(found[1]![0] - 1702) < 16, Math.abs(found[1]![1] - 1185) < 16]).toEqual([true, true]);
  });

  it('reads small print of a large page from its full resolution', async () => {
    const small = BILL.map((line) => ({ ...line, x: line.x * 2, y: line.y * 3, size: 16 }));
    const page = await engine.read(await drawPage(2480, 1754, small));
    expect(textsOf(page)).toEqual(BILL.map(({ text }) => text));
  });

  it('keeps what the model read beside what known shapes prefer', async () => {
    const shapes = { labels: [], lines: [lexicon(['开票日明：2026-02-28'], { slips: true })] };
    const knowing = await openEngine({ shapes });
    const page = await drawPage(900, 420, BILL);
    const [line] = (await knowing.read(page)).lines.filter(({ text, raw }) => text !== raw);
    await knowing.close();
    expect([line!.text, line!.raw].map(squeezed)).toEqual(['开票日明：2026-02-28', '开票日期：2026-02-28']);
    expect(line!.chars.map(({ text }) => text).join('')).toBe(line!.raw);
    for (const { text, raw } of (await engine.read(page)).lines) expect(text).toBe(raw);
  });

  it('keeps the cells of a row apart', async () => {
    const cells = ['检查费', '次', '486.20'].map((text, index) => ({ text, x: 60 + 180 * index, y: 70 }));
    expect(textsOf(await engine.read(await drawPage(600, 120, cells)))).toEqual(['检查费', '次', '486.20']);
  });

  it('reads print under a red seal, and print that is red itself', async () => {
    const seal = '<circle cx="330" cy="350" r="70" fill="none" stroke="#e0302a" stroke-width="9" style="mix-blend-mode:multiply"/>';
    const red = BILL.map((line, index) => (index === 1 ? { ...line, colour: '#c8201c' } : line));
    const texts = textsOf(await engine.read(await drawPage(900, 420, red, { overlay: seal })));
    expect(texts).toContain('票据号码：0037704965');
    expect(texts.join('')).toContain('人民医院');
    expect(texts.join('')).toContain('收款单位（章）');
  });

  it('places each character along its line, with its confidence', async () => {
    const page = await engine.read(await drawPage(900, 420, BILL));
    const { chars, quad } = lineOf(page, '1000.00')!;
    expect(chars.map(({ text }) => text).join('')).toBe('1000.00');
    const xs = chars.map(({ x }) => x);
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
    expect(xs.at(-1)).toBeLessThan(quad[1][0] - quad[0][0]);
    for (const char of chars) expect(char.confidence).toBeGreaterThan(0.5);
  });

  it('gives the same line alone and among others, and the same page alone and under load', async () => {
    const bill = await drawPage(900, 420, BILL);
    const [alone, ...crowded] = [await engine.read(bill), ...(await Promise.all([bill, bill, bill].map((page) => engine.read(page))))];
    for (const page of crowded) expect(page.lines).toEqual(alone.lines);
    const single = await engine.read(await drawPage(900, 420, [BILL[5]!]));
    expect(textsOf(single)).toEqual(['1000.00']);
  });

  it('finds nothing on an empty page', async () => {
    expect((await engine.read(await drawPage(640, 480, []))).lines).toEqual([]);
  });

  it('refuses more pages than it may hold, and takes pages again when one is done', async () => {
    const bill = await drawPage(900, 420, BILL);
    const held = Array.from({ length: 4 }, () => engine.read(bill));
    await expect(engine.read(bill)).rejects.toBeInstanceOf(OcrBusyError);
    await Promise.all(held);
    expect((await engine.read(bill)).lines).toHaveLength(BILL.length);
  });

  it('stops reading a page that is called off', async () => {
    const controller = new AbortController();
    const reading = engine.read(await drawPage(900, 420, BILL), { signal: controller.signal });
    controller.abort(new Error('the upload was withdrawn'));
    await expect(reading).rejects.toThrow('the upload was withdrawn');
    expect((await engine.read(await drawPage(900, 420, BILL))).lines).toHaveLength(BILL.length);
  });

  it("tells the models' share of the time, which grows with what there is to read", async () => {
    const line = await engine.read(await drawPage(900, 420, BILL.slice(0, 1)));
    const bill = await engine.read(await drawPage(900, 420, BILL));
    expect(line.timings.modelMs).toBeGreaterThan(0);
    expect(bill.timings.modelMs).toBeGreaterThan(line.timings.modelMs * 1.2);
  });

  it('refuses pixels that do not fit the page', async () => {
    await expect(engine.read({ width: 10, height: 10, rgb: new Uint8Array(299) })).rejects.toThrow('needs 300 bytes of RGB, not 299');
  });

  it('does not hold up the thread that asks', async () => {
    const bill = await drawPage(900, 420, BILL);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    const { timings } = await engine.read(bill);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(timings.totalMs / 50);
  });
});

describe('closing an OcrEngine', () => {
  it('rejects the page being read, and later ones', async () => {
    const engine = await openEngine();
    const reading = engine.read(await drawPage(900, 420, BILL));
    await Promise.all([expect(reading).rejects.toBeInstanceOf(OcrClosedError), engine.close()]);
    await expect(engine.read(await drawPage(900, 420, []))).rejects.toBeInstanceOf(OcrClosedError);
  });
});
