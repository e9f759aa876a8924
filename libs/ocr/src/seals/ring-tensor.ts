import type { Ellipse, PageImage } from '../page';
import { LINE_HEIGHT, STEP_WIDTH, type LineTensor } from '../recognize/line-tensor';
import { onEllipse } from './ellipse';
import type { RingText } from './ring-text';
import { inkOf, sampleTone, type InkColour } from './sample-ink';

/** Room above and below the letters, as a share of their height: as much as the detector leaves around a line. */
const MARGIN = 0.14;

/** Room before the first letter and after the last one, as a share of their height. */
const END_MARGIN = 0.9;

/** A ring cut open and laid flat for the recogniser; `length` is the line's in page pixels. */
export interface RingLine {
  line: LineTensor;
  length: number;
  height: number;
}

/** Reads a ring's text from the full-resolution page straight into the recogniser's tensor, clockwise, with its feet to the centre. */
export function ringTensor(page: PageImage, ellipse: Ellipse, text: RingText, colour: InkColour): RingLine {
  const letters = text.bottom - text.top;
  const height = letters * (1 + 2 * MARGIN);
  const turns = evenTurns(ellipse, text, END_MARGIN * letters, height / LINE_HEIGHT);
  const textWidth = turns.length;
  const width = Math.ceil(textWidth / STEP_WIDTH) * STEP_WIDTH;
  const plane = LINE_HEIGHT * width;
  const data = new Float32Array(3 * plane);
  for (const [x, turn] of turns.entries()) {
    const { point, outward } = onEllipse(ellipse, turn);
    for (let y = 0; y < LINE_HEIGHT; y++) {
      const depth = text.top - MARGIN * letters + ((y + 0.5) * height) / LINE_HEIGHT;
      // The ring's own line would be a stroke above every letter.
      const ink =
        depth < text.lineDepth
          ? 0
          : inkOf(sampleTone(page, point[0] - outward[0] * depth, point[1] - outward[1] * depth, text.paper), text.paper, colour);
      data[y * width + x] = 1 - 2 * Math.min(1, ink / Math.max(1, text.full));
    }
  }
  data.copyWithin(plane, 0, plane);
  data.copyWithin(2 * plane, 0, plane);
  return { line: { data, textWidth, width }, length: (textWidth * height) / LINE_HEIGHT, height };
}

/** Turns that are evenly apart, by `step` pixels, along the middle of the letters. */
function evenTurns(ellipse: Ellipse, { from, to, top, bottom }: RingText, margin: number, step: number): number[] {
  const middle = (top + bottom) / 2;
  const inner = { ...ellipse, semiMajor: ellipse.semiMajor - middle, semiMinor: ellipse.semiMinor - middle };
  const paceAt = (turn: number) => Math.hypot(inner.semiMajor * Math.sin(turn), inner.semiMinor * Math.cos(turn));
  const turns: number[] = [];
  const last = to + margin / paceAt(to);
  for (let turn = from - margin / paceAt(from); turn < last; turn += step / paceAt(turn)) turns.push(turn);
  return turns;
}
