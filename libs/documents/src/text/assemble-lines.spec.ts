import fc from 'fast-check';
import { assembleLines } from './assemble-lines';
import type { PlacedChar } from './placed-char';

/** Places each character of a text beside the one before it, square, 10 pixels high. */
function run(text: string, left: number, top: number, { angle = 0, height = 10 } = {}): PlacedChar[] {
  return Array.from(text).map((char, i) => ({
    text: char,
    left: left + i * height * Math.cos(angle),
    top: top + i * height * Math.sin(angle),
    width: height,
    height,
    angle,
    isVisible: true,
  }));
}

const textsOf = (chars: PlacedChar[]) => assembleLines(chars).map(({ text }) => text);

describe('assembleLines', () => {
  it('joins what stands side by side and parts what stands far apart', () => {
    expect(textsOf([...run('票据代码：', 0, 0), ...run('32060126', 52, 1), ...run('校验码：5d07ea', 300, 0)])).toEqual([
      '票据代码：32060126',
      '校验码：5d07ea',
    ]);
  });

  it('does not depend on the order in which the file has its characters', () => {
    const chars = [...run('交款人：张三', 0, 0), ...run('开票日期：2026-04-09', 300, 0), ...run('检查费', 0, 30), ...run('320.00', 90, 30)];
    const expected = textsOf(chars);
    fc.assert(
      fc.property(fc.shuffledSubarray(chars, { minLength: chars.length }), (shuffled) => {
        expect(textsOf(shuffled)).toEqual(expected);
      }),
      { seed: 7 },
    );
  });

  it('sees a space where there is a blank, and none where characters stand close', () => {
    expect(textsOf([...run('校', 0, 0), ...run('验', 12.5, 0), ...run('码', 23, 0)])).toEqual(['校 验码']);
  });

  it('takes a character drawn twice to make it bold once', () => {
    const twice = run('捌', 0, 0).flatMap((char) => [char, { ...char, left: char.left + 0.4 }]);
    expect(textsOf(twice)).toEqual(['捌']);
    expect(textsOf(run('1188.00', 0, 0))).toEqual(['1188.00']);
    const narrow = run('110011', 0, 0).map((char, i) => ({ ...char, left: i * 1.9, width: 1.9 }));
    expect(textsOf(narrow)).toEqual(['110011']);
  });

  it('reads small print and large print on one line, and keeps lines apart that stand close', () => {
    expect(textsOf([...run('金额', 0, 0, { height: 10 }), ...run('元', 21, 3, { height: 6 })])).toEqual(['金额元']);
    expect(textsOf([...run('上一行', 0, 0), ...run('下一行', 0, 11)])).toEqual(['上一行', '下一行']);
  });

  it('reads text that runs down or across the page by its own direction, and says where it stands', () => {
    const [down] = assembleLines(run('存根', 100, 20, { angle: Math.PI / 2 }));
    expect(down?.text).toBe('存根');
    const expected = [[100, 20], [100, 40], [90, 40], [90, 20]]; // prettier-ignore
    expect(down?.quad.map((point) => point.map(Math.round))).toEqual(expected);
    expect(textsOf([...run('样票', 10, 10, { angle: -0.7 }), ...run('票据', 10, 10)])).toEqual(['样票', '票据']);
  });

  it('gives each character its centre along the line and whether it is seen', () => {
    const chars = run('12', 50, 5);
    expect(assembleLines([chars[0]!, { ...chars[1]!, isVisible: false }])[0]).toEqual({
      text: '12',
      quad: [[50, 5], [70, 5], [70, 15], [50, 15]], // prettier-ignore
      chars: [
        { text: '1', x: 5, isVisible: true },
        { text: '2', x: 15, isVisible: false },
      ],
    });
  });

  it('takes white space and boxes without an extent for nothing', () => {
    expect(assembleLines([...run(' \u3000', 0, 0), { ...run('a', 0, 0)[0]!, width: 0 }])).toEqual([]);
  });
});
