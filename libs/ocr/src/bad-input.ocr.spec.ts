import { drawPage, type Print } from '../test/draw-page';
import { openEngine } from '../test/open-engine';
import { DEFAULT_PAGE_LIMITS, OcrDeadlineError, OcrPageError, type OcrEngine, type PageImage } from '.';

/** Real: onnxruntime in a worker thread, with the best model pack at hand. One worker, so that a page left behind would show. */

const LINES: Print[] = ['票据代码：31060126', '票据号码：0037704965', '交款人：张三', '检查费'].map((text, row) => ({
  text,
  x: 60,
  y: 90 + 70 * row,
}));

function noise(width: number, height: number): PageImage {
  return { width, height, rgb: Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7919) % 251) };
}

describe('pages that are none', () => {
  let engine: OcrEngine;

  beforeAll(async () => (engine = await openEngine({ maxPages: 2, maxPixels: 4_000_000 })));
  afterEach(async () => {
    expect((await engine.read(await drawPage(600, 340, LINES))).lines).toHaveLength(LINES.length);
  });
  afterAll(() => engine.close());

  it.each([
    ['sides', { width: 0, height: 0, rgb: new Uint8Array(0) }],
    ['sides', { width: 7.5, height: 2, rgb: new Uint8Array(45) }],
    ['buffer', { width: 10, height: 10, rgb: new Uint8Array(400) }],
    ['too-many-pixels', { width: 2001, height: 2000, rgb: new Uint8Array(0) }],
  ] as const)('are refused for their %s, and hold no place', async (problem, page) => {
    for (let turn = 0; turn < 3; turn++) {
      const error: unknown = await engine.read(page).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(OcrPageError);
      expect(error).toMatchObject({ problem });
    }
  });

  it.each([
    ['one-colour', { width: 800, height: 600, rgb: new Uint8Array(800 * 600 * 3).fill(255) }],
    ['one-colour', { width: 800, height: 600, rgb: new Uint8Array(800 * 600 * 3) }],
    ['too-small', noise(1, 1)],
    ['too-small', noise(3000, 1)],
    ['too-small', noise(2, 3000)],
  ] as const)('are empty because they are %s', async (emptyBecause, page) => {
    const { width, height } = page;
    expect(await engine.read(page)).toMatchObject({ lines: [], emptyBecause, width, height });
  });

  it.each([
    [60_000, 6],
    [6, 60_000],
    [20_000, 200],
    [5, 5],
    [31, 33],
  ])('end in a result, however odd their shape: %d x %d', async (width, height) => {
    const page = await engine.read(noise(width, height));
    expect(page.emptyBecause).toBe(page.lines.length === 0 ? 'no-text' : undefined);
  });

  it('are read when they are strips, fifty times as long as high', async () => {
    const marks = Array.from({ length: 10 }, (_, place) => ({ text: '1000.00', x: 10 + place * 300, y: 42, size: 32 }));
    const page = await engine.read(await drawPage(3000, 60, marks));
    expect(page.lines.map(({ text }) => text)).toEqual(marks.map(({ text }) => text));
  });

  it('say that nothing was found where something else than text is drawn', async () => {
    const page = await drawPage(640, 480, [], { overlay: '<path d="M100 100 L500 380" stroke="#999"/>' });
    expect(await engine.read(page)).toMatchObject({ lines: [], emptyBecause: 'no-text' });
  });

  it('give no reason on a page with lines', async () => {
    expect(await engine.read(await drawPage(600, 340, LINES))).not.toHaveProperty('emptyBecause');
  });
});

describe('the deadline of a page', () => {
  let engine: OcrEngine;

  beforeAll(async () => (engine = await openEngine({ maxPages: 8 })));
  afterAll(() => engine.close());

  it('ends the page with an error of its own and leaves the others alone', async () => {
    const bill = await drawPage(600, 340, LINES);
    const pages = await Promise.allSettled([engine.read(bill), engine.read(bill, { deadlineMs: 1 }), engine.read(bill)]);
    expect(pages.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const late = pages[1] as PromiseRejectedResult;
    expect(late.reason).toBeInstanceOf(OcrDeadlineError);
    expect(late.reason).toMatchObject({ deadlineMs: 1 });
    const next = await engine.read(bill);
    expect(next.lines.map(({ text }) => text)).toEqual(
      (pages[0] as PromiseFulfilledResult<typeof next>).value.lines.map(({ text }) => text),
    );
  });

  it('ends a page whose lines are already being read', async () => {
    const bill = await drawPage(600, 340, LINES);
    const endsAt = performance.now() + 4_100;
    const told: number[] = [];
    // Whoever is told of the first line keeps the thread until the time is over, when one more can have been read at most.
    const onProgress = ({ done }: { done: number }) => {
      told.push(done);
      while (done === 1 && performance.now() < endsAt);
    };
    await expect(engine.read(bill, { deadlineMs: 4_000, onProgress })).rejects.toBeInstanceOf(OcrDeadlineError);
    expect(told.slice(0, 2)).toEqual([0, 1]);
    expect(told.length).toBeLessThanOrEqual(3);
    expect((await engine.read(bill)).lines).toHaveLength(LINES.length);
  });

  it('refuses a deadline that is none', async () => {
    await expect(engine.read(noise(8, 8), { deadlineMs: 0 })).rejects.toThrow(RangeError);
    await expect(openEngine({ deadlineMs: Number.NaN })).rejects.toThrow(RangeError);
    expect(DEFAULT_PAGE_LIMITS.deadlineMs).toBeGreaterThanOrEqual(60_000);
  });
});

describe('progress', () => {
  let engine: OcrEngine;

  beforeAll(async () => (engine = await openEngine()));
  afterAll(() => engine.close());

  it('is told once the lines are found and after each', async () => {
    const told: string[] = [];
    await engine.read(await drawPage(600, 340, LINES), { onProgress: ({ done, total }) => told.push(`${done}/${total}`) });
    expect(told).toEqual(['0/4', '1/4', '2/4', '3/4', '4/4']);
  });

  it('rejects the page when the listener throws, and nothing else', async () => {
    const bill = await drawPage(600, 340, LINES);
    const onProgress = ({ done }: { done: number }) => {
      if (done === 2) throw new TypeError('the listener is gone');
    };
    await expect(engine.read(bill, { onProgress })).rejects.toThrow('the listener is gone');
    expect((await engine.read(bill)).lines).toHaveLength(LINES.length);
  });
});
