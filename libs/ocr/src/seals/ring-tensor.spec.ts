import { drawPage } from '../../test/draw-page';
import { drawSeal } from '../../test/draw-seal';
import type { Ellipse } from '../page';
import { LINE_HEIGHT } from '../recognize/line-tensor';
import { ringTensor } from './ring-tensor';
import { ringText } from './ring-text';

const SEAL = { x: 200, y: 200, across: 120, text: '武汉市中心医院', below: '财务专用章' };
const ELLIPSE: Ellipse = { centre: [200, 200], semiMajor: 120, semiMinor: 120, angle: 0 };
const degrees = (radians: number) => (radians * 180) / Math.PI;

const page = (turn = 0, overlay = '') => drawPage(400, 400, [], { overlay: drawSeal({ ...SEAL, turn }) + overlay });

describe('ringText', () => {
  it.each([-20, 0, 15])('finds where the letters are on a seal turned by %d degrees', async (turn) => {
    const text = ringText(await page(turn), ELLIPSE, 'red')!;
    const middle = (degrees(text.from + text.to) / 2 + 90) % 360;
    // Seven letters, 24 degrees apart: half of one more stands beyond the outer ones.
    expect(Math.abs(middle - ((turn + 360) % 360))).toBeLessThan(6);
    expect(Math.abs(degrees(text.to - text.from) - 165)).toBeLessThan(16);
    // Drawn from 11 to 33 % of half the breadth below the outer edge.
    expect(text.top / 120).toBeCloseTo(0.125, 1);
    expect(Math.abs(text.bottom / 120 - 0.345)).toBeLessThan(0.04);
    expect(text.lineDepth).toBeLessThan(text.top);
  });

  it('finds none in an empty ring', async () => {
    const empty = await drawPage(400, 400, [], { overlay: drawSeal({ ...SEAL, text: '', below: '' }) });
    expect(ringText(empty, ELLIPSE, 'red')).toBeUndefined();
  });
});

describe('ringTensor', () => {
  const inkOf = (data: Float32Array, width: number, from: number, to: number) => {
    let sum = 0;
    for (let y = 0; y < LINE_HEIGHT; y++) for (let x = from; x < to; x++) sum += (1 - data[y * width + x]!) / 2;
    return sum / (LINE_HEIGHT * (to - from));
  };

  it('lays the letters out from left to right, black on white, without the ring', async () => {
    const image = await page();
    const { line, length } = ringTensor(image, ELLIPSE, ringText(image, ELLIPSE, 'red')!, 'red');
    const plane = LINE_HEIGHT * line.width;
    expect(line.width % 8).toBe(0);
    expect(line.data.length).toBe(3 * plane);
    // 165 degrees at 77 % of the radius and a letter's height to either side.
    expect(Math.abs(length - 2.88 * 92 - 2 * 24)).toBeLessThan(30);
    expect(Array.from(line.data.subarray(0, line.textWidth)).every((value) => value > 0.8)).toBe(true);
    const ink = Array.from({ length: 12 }, (_, i) =>
      inkOf(line.data, line.width, Math.floor((i * line.textWidth) / 12), Math.floor(((i + 1) * line.textWidth) / 12)),
    );
    expect(Math.max(ink[0]!, ink[11]!)).toBeLessThan(0.08);
    expect(ink.slice(2, 10).every((share) => share > 0.08)).toBe(true);
    expect(line.data.subarray(plane, 2 * plane)).toEqual(line.data.subarray(0, plane));
  });

  it('leaves black print out that runs across a red seal', async () => {
    const bar = '<path d="M60 110H340" stroke="#111" stroke-width="12"/>';
    const [clear, crossed] = [await page(), await page(0, bar)];
    const text = ringText(clear, ELLIPSE, 'red')!;
    const [own, with_] = [clear, crossed].map((image) => ringTensor(image, ELLIPSE, text, 'red').line);
    expect(inkOf(with_!.data, with_!.width, 0, with_!.textWidth)).toBeLessThan(1.02 * inkOf(own!.data, own!.width, 0, own!.textWidth));
    const dark = ringTensor(crossed, ELLIPSE, text, 'dark').line;
    expect(inkOf(dark.data, dark.width, 0, dark.textWidth)).toBeGreaterThan(1.2 * inkOf(own!.data, own!.width, 0, own!.textWidth));
  });
});
