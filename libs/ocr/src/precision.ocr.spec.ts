import { drawPage } from '../test/draw-page';
import { openEngine, packAtHand } from '../test/open-engine';
import type { OcrEngine, PageText } from '.';
import { identifyPack } from './packs/load-pack';

/** Real: onnxruntime with the best pack at hand. The integer products run without VNNI too, only not faster. */
describe('the precision of first readings', () => {
  const engines: OcrEngine[] = [];
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

  async function read(precision: 'int8' | 'float32', size: number): Promise<PageText> {
    const engine = await openEngine({ precision });
    engines.push(engine);
    expect(engine.precision).toBe(precision);
    const texts = [
      '票据号码：0037704965',
      '金额合计（大写）壹仟贰佰叁拾肆元伍角陆分',
      '校验码：7f30a9',
      '1000.00',
      '统一社会信用代码：91350200MA2Y',
    ];
    return engine.read(
      await drawPage(
        900,
        420,
        texts.map((text, index) => ({ text, x: 60, y: 70 + 70 * index, size })),
      ),
    );
  }

  it('is that of the published model where a pack has no other', async () => {
    const engine = await openEngine();
    engines.push(engine);
    expect(engine.precision === 'float32' || identifyPack(packAtHand())?.int8).toBe(true);
  });

  it.each([30, 12])('makes no difference to what is read at %d pixels', async (size) => {
    if (!identifyPack(packAtHand())?.int8) {
      await expect(read('int8', size)).rejects.toThrow(RangeError);
      return;
    }
    const [integers, published] = [await read('int8', size), await read('float32', size)];
    expect(integers.lines.map(({ text }) => text)).toEqual(published.lines.map(({ text }) => text));
    for (const [index, line] of integers.lines.entries()) expect(line.confidence).toBeCloseTo(published.lines[index]!.confidence, 1);
  });
});
