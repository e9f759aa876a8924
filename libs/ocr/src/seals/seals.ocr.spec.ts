import { drawPage, type Print } from '../../test/draw-page';
import { drawSeal } from '../../test/draw-seal';
import { openEngine } from '../../test/open-engine';
import type { OcrEngine } from '..';
import { turnPage } from '../layout/turn-page';

/** Real: onnxruntime in worker threads, with the best model pack at hand. The pages are drawn here. */

const BILL: Print[] = [
  { text: '票据代码：31060126', x: 60, y: 90 },
  { text: '票据号码：0037704965', x: 560, y: 90 },
  { text: '交款人：张三', x: 60, y: 160 },
  { text: '金额合计（大写）壹仟元整', x: 60, y: 300 },
  { text: '收款单位（章）：武汉市中心医院', x: 60, y: 400 },
];

const SEAL = drawSeal({ x: 640, y: 350, across: 130, text: '武汉市中心医院', below: '财务专用章', turn: 6 });

describe('OcrEngine on sealed pages', () => {
  let engine: OcrEngine;

  beforeAll(async () => (engine = await openEngine({ workers: 2, seals: 'read' })));
  afterAll(() => engine.close());

  it('reads what a round seal says along its ring, and where it is', async () => {
    const { seals } = await engine.read(await drawPage(900, 520, BILL, { overlay: SEAL }));
    expect(seals).toHaveLength(1);
    expect(seals[0]).toMatchObject({ shape: 'round', colour: 'red', ring: { text: '武汉市中心医院' } });
    expect(seals[0]!.ring!.confidence).toBeGreaterThan(0.8);
    const xs = seals[0]!.ring!.chars.map(({ x }) => x);
    expect(xs).toEqual(xs.toSorted((a, b) => a - b));
    expect(Math.hypot(seals[0]!.ellipse!.centre[0] - 640, seals[0]!.ellipse!.centre[1] - 350)).toBeLessThan(5);
  });

  it('reads the ring of a seal across black print', async () => {
    const seal = drawSeal({ x: 330, y: 370, across: 130, text: '武汉市中心医院', below: '财务专用章' });
    const { seals } = await engine.read(await drawPage(900, 520, BILL, { overlay: seal }));
    const read = Array.from(seals[0]!.ring!.text);
    expect(Array.from('武汉市中心医院').filter((character) => read.includes(character)).length).toBeGreaterThanOrEqual(5);
  });

  it('tells the place of a seal on the upright page', async () => {
    const page = turnPage(await drawPage(900, 520, BILL, { overlay: SEAL }), 180);
    const { turned, seals } = await engine.read(page);
    expect(turned).toBe(180);
    expect(seals[0]).toMatchObject({ ring: { text: '武汉市中心医院' } });
    expect(Math.hypot(seals[0]!.ellipse!.centre[0] - 640, seals[0]!.ellipse!.centre[1] - 350)).toBeLessThan(5);
  });

  it('finds none on a page without', async () => {
    expect((await engine.read(await drawPage(900, 520, BILL))).seals).toEqual([]);
    expect((await engine.read(await drawPage(900, 4, []))).seals).toEqual([]);
  });
});

describe('OcrEngine', () => {
  it.each([
    ['found', [['round', undefined]]],
    ['ignored', []],
  ] as const)('leaves seals %s', async (seals, expected) => {
    const engine = await openEngine({ seals });
    const page = await engine.read(await drawPage(900, 520, BILL, { overlay: SEAL }));
    await engine.close();
    expect(page.seals.map(({ shape, ring }) => [shape, ring])).toEqual(expected);
  });
});
