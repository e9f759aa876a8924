import { LINE_HEIGHT, type LineTensor } from './line-tensor';
import { withoutRed } from './red-rendition';

const scaled = (value: number) => value / 127.5 - 1;

/** A line of one colour with the first `columns` columns in another. */
function line(paper: [number, number, number], ink: [number, number, number], columns: number): LineTensor {
  const width = 64;
  const plane = LINE_HEIGHT * width;
  const data = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    const colour = i % width < columns ? ink : paper;
    colour.forEach((value, channel) => (data[(2 - channel) * plane + i] = scaled(value)));
  }
  return { data, textWidth: width, width };
}

const WHITE: [number, number, number] = [250, 250, 250];
const SEAL: [number, number, number] = [235, 60, 50];
const BLACK: [number, number, number] = [20, 20, 20];

describe('withoutRed', () => {
  it('gives red pixels their red value in every channel and keeps the others', () => {
    const sealed = line(WHITE, SEAL, 32);
    const faded = withoutRed(sealed)!;
    const plane = LINE_HEIGHT * sealed.width;
    for (const channel of [0, 1, 2]) {
      expect(faded.data[channel * plane]).toBeCloseTo(scaled(235), 5);
      expect(faded.data[channel * plane + 40]).toBeCloseTo(scaled(250), 5);
    }
  });

  it('leaves the line it was given as it is', () => {
    const sealed = line(WHITE, SEAL, 32);
    const before = sealed.data.slice();
    withoutRed(sealed);
    expect(sealed.data).toEqual(before);
  });

  it('has nothing to offer for a line without red', () => {
    expect(withoutRed(line(WHITE, BLACK, 32))).toBeUndefined();
    expect(withoutRed(line([250, 240, 230], BLACK, 32))).toBeUndefined();
  });
});
