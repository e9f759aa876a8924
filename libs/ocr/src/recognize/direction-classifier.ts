import type { ModelSession } from '../onnx/session';
import type { PageImage, Quad } from '../page';
import { LINE_HEIGHT, lineTensor } from './line-tensor';

/** Width of the classifier's input; longer lines are squashed into it, as in training. */
const WIDTH = 192;

/** Tells whether a line stands on its head. */
export class DirectionClassifier {
  constructor(private readonly session: ModelSession) {}

  /** Probability, 0 to 1, that the line is turned by 180 degrees. */
  async turnedProbability(page: PageImage, quad: Quad): Promise<number> {
    const line = lineTensor(page, quad, WIDTH);
    const [probabilities] = await this.session.run(line.data, LINE_HEIGHT, WIDTH);
    return (probabilities?.data as Float32Array)[1] ?? 0;
  }
}
