import { quadHeight, quadWidth, turnCounterClockwise } from '../layout/quad';
import { Scratch } from '../onnx/scratch';
import type { ModelSession } from '../onnx/session';
import { TOP_CLASSES, TOP_OUTPUTS } from '../onnx/top-classes';
import type { LineChar, PageImage, Quad } from '../page';
import { decodeCtc } from './ctc';
import { isDoubtful } from './doubt';
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

/** Reads the text of one quad at a time: the next read begins when the last has ended. */
export class LineRecognizer {
  private readonly scratch = new Scratch();

  constructor(
    private readonly session: ModelSession,
    private readonly classes: readonly string[],
  ) {}

  /**
   * The surest reading over the quad's possible directions and, where red touches a doubtful character, with the red as it is and faded.
   * Labels are often printed in red: a second reading of every line with some red in it would double the work.
   */
  async read(page: PageImage, quad: Quad): Promise<LineReading> {
    let best: LineReading | undefined;
    for (const direction of directionsOf(quad)) {
      const reading = await this.readDirection(page, direction);
      if (!best || reading.confidence > best.confidence) best = reading;
      if (doubtsOf(best).length === 0) break;
    }
    return best ?? { text: '', confidence: 0, chars: [], quad };
  }

  private async readDirection(page: PageImage, quad: Quad): Promise<LineReading> {
    const line = lineTensor(page, quad, undefined, this.scratch);
    const plain = await this.readTensor(line, quad);
    const columnScale = line.textWidth / quadWidth(quad);
    const faded = withoutRed(
      line,
      doubtsOf(plain).map((x) => x * columnScale),
    );
    if (!faded) return plain;
    const reading = await this.readTensor(faded, quad);
    return reading.confidence > plain.confidence ? reading : plain;
  }

  /** Reads a line that is a tensor already; `quad` says how long it is in page pixels. */
  async readTensor(line: LineTensor, quad: Quad): Promise<LineReading> {
    const [values, classes] = await this.session.run(line.data, LINE_HEIGHT, line.width, [TOP_OUTPUTS.values, TOP_OUTPUTS.classes]);
    const decoded = decodeCtc({ values: values?.data as Float32Array, classes: classes?.data as Int32Array, depth: TOP_CLASSES });
    const pageScale = quadWidth(quad) / line.textWidth;
    const chars = decoded.map((char): LineChar => ({
      text: this.textOf(char.classId),
      confidence: char.confidence,
      x: ((char.firstStep + char.lastStep + 1) / 2) * STEP_WIDTH * pageScale,
      alternatives: char.alternatives.map(({ classId, confidence }) => ({ text: this.textOf(classId), confidence })),
    }));
    const total = chars.reduce((sum, char) => sum + char.confidence, 0);
    return { text: chars.map((char) => char.text).join(''), confidence: chars.length > 0 ? total / chars.length : 0, chars, quad };
  }

  private textOf(classId: number): string {
    return this.classes[classId] ?? '';
  }
}

function directionsOf(quad: Quad): Quad[] {
  const tallness = quadHeight(quad) / Math.max(1, quadWidth(quad));
  if (tallness < TALL) return [quad];
  const turned = turnCounterClockwise(quad);
  return tallness < SURELY_TALL ? [quad, turned] : [turned];
}

/** Places along a line, in page pixels, that were not surely read: doubtful characters, or all of it when nothing was read. */
function doubtsOf({ chars, quad }: LineReading): number[] {
  if (chars.length > 0) return chars.filter(isDoubtful).map(({ x }) => x);
  const height = Math.max(1, quadHeight(quad));
  return Array.from({ length: Math.ceil(quadWidth(quad) / height) }, (_, index) => index * height);
}
