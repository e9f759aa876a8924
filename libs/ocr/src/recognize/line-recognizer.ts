import { quadHeight, quadWidth, turnCounterClockwise } from '../layout/quad';
import { Scratch } from '../onnx/scratch';
import type { ModelSession } from '../onnx/session';
import { TOP_CLASSES, TOP_OUTPUTS } from '../onnx/top-classes';
import type { LineChar, PageImage, Quad } from '../page';
import { decodeCtc } from './ctc';
import { isDoubtful, isDoubtfulInIntegers } from './doubt';
import { LINE_HEIGHT, lineTensor, STEP_WIDTH, type LineTensor } from './line-tensor';
import { withoutRed } from './red-rendition';

/** What was read in one quad; `quad` starts where the text does. */
export interface LineReading {
  text: string;
  confidence: number;
  chars: LineChar[];
  quad: Quad;
}

/** A box this much taller than wide holds text that runs downwards (the reference's value) … */
const TALL = 1.5;

/** … but up to here it may also be a single narrow character, such as the 1 in a quantity column: both are tried. */
const SURELY_TALL = 2.5;

/** A reading, and whether the model as published could tell more than one in integers. */
export interface CheckedReading {
  line: LineReading;
  isDoubtful: boolean;
}

/** A reading, and where it is not sure: places in pixels from the line's left edge. */
interface Look {
  reading: LineReading;
  doubts: number[];
}

/** Reads the text of one quad at a time: the next read begins when the last has ended. */
export class LineRecognizer {
  private readonly scratch = new Scratch();

  constructor(
    private readonly session: ModelSession,
    private readonly classes: readonly string[],
  ) {}

  /**
   * The surest reading over the quad's possible directions and, where red touches a doubtful character, with the red as it is and faded; and
   * whether a reading in integers should be made again as published. Labels are often printed in red: a second reading of every line with some
   * red in it would double the work.
   */
  async read(page: PageImage, quad: Quad): Promise<CheckedReading> {
    let best: Look | undefined;
    for (const direction of directionsOf(quad)) {
      const next = await this.lookTwice(page, direction);
      best = best ? surer(next, best) : next;
      if (best.doubts.length === 0) break;
    }
    if (!best) throw new TypeError('a quad has no direction');
    const { chars } = best.reading;
    return { line: best.reading, isDoubtful: chars.length === 0 || chars.some(isDoubtfulInIntegers) };
  }

  /** Reads a line that is a tensor already, once; places along it are those of `quad`. */
  async readTensor(line: LineTensor, quad: Quad): Promise<LineReading> {
    return (await this.look(line, quad)).reading;
  }

  private async lookTwice(page: PageImage, quad: Quad): Promise<Look> {
    const line = lineTensor(page, quad, undefined, this.scratch);
    const plain = await this.look(line, quad);
    const columnScale = line.textWidth / quadWidth(quad);
    const columns = plain.doubts.map((x) => x * columnScale);
    const faded = withoutRed(line, columns);
    return faded ? surer(await this.look(faded, quad), plain) : plain;
  }

  private async look(line: LineTensor, quad: Quad): Promise<Look> {
    const [values, classes] = await this.session.run(line.data, LINE_HEIGHT, line.width, [TOP_OUTPUTS.values, TOP_OUTPUTS.classes]);
    const decoded = decodeCtc({ values: values?.data as Float32Array, classes: classes?.data as Int32Array, depth: TOP_CLASSES });
    const stepWidth = STEP_WIDTH * (quadWidth(quad) / line.textWidth);
    const chars = decoded.map((char): LineChar => ({
      text: this.textOf(char.classId),
      confidence: char.confidence,
      x: ((char.firstStep + char.lastStep + 1) / 2) * stepWidth,
      alternatives: char.alternatives.map(({ classId, confidence }) => ({ text: this.textOf(classId), confidence })),
    }));
    const total = chars.reduce((sum, char) => sum + char.confidence, 0);
    const confidence = chars.length > 0 ? total / chars.length : 0;
    const reading = { text: chars.map((char) => char.text).join(''), confidence, chars, quad };
    return { reading, doubts: chars.length > 0 ? chars.filter(isDoubtful).map(({ x }) => x) : everywhere(quad) };
  }

  private textOf(classId: number): string {
    return this.classes[classId] ?? '';
  }
}

function surer(one: Look, other: Look): Look {
  return one.reading.confidence > other.reading.confidence ? one : other;
}

function directionsOf(quad: Quad): Quad[] {
  const tallness = quadHeight(quad) / Math.max(1, quadWidth(quad));
  if (tallness < TALL) return [quad];
  const turned = turnCounterClockwise(quad);
  return tallness < SURELY_TALL ? [quad, turned] : [turned];
}

/** Where nothing was read, all of the line is doubtful. */
function everywhere(quad: Quad): number[] {
  const height = Math.max(1, quadHeight(quad));
  return Array.from({ length: Math.ceil(quadWidth(quad) / height) }, (_, index) => index * height);
}
