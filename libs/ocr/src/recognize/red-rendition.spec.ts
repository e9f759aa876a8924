import { LINE_HEIGHT, type LineTensor } from './line-tensor';
import { withoutRed } from './red-rendition';

const scaled = (value: number) => value / 127.5 - 1;

/** A line of one colour with the first `columns` columns in another. */
function line(paper: [number, number, number], ink: [number, number, number], columns: number, width = 64): LineTensor {
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
    const faded = withoutRed(sealed, [20])!;
    const plane = LINE_HEIGHT * sealed.width;
    for (const channel of [0, 1, 2]) {
      expect(faded.data[channel * plane]).toBeCloseTo(scaled(235), 5);
      expect(faded.data[channel * plane + 40]).toBeCloseTo(scaled(250), 5);
    }
  });

  it('leaves the line it was given as it is', () => {
    const sealed = line(WHITE, SEAL, 32);
    const before = sealed.data.slice();
    withoutRed(sealed, [20]);
    expect(sealed.data).toEqual(before);
  });

  it('is for places that red touches, not for a red label at the other end of the line', () => {
    const labelled = line(WHITE, SEAL, 8, 400);
    expect(withoutRed(labelled, [380])).toBeUndefined();
    expect(withoutRed(labelled, [])).toBeUndefined();
    expect(withoutRed(labelled, [380, 40])).toBeDefined();
  });

  it('has nothing to offer for a line without red', () => {
    expect(withoutRed(line(WHITE, BLACK, 32), [20])).toBeUndefined();
    expect(withoutRed(line([250, 240, 230], BLACK, 32), [20])).toBeUndefined();
  });
});
