import type { ModelSession } from '../onnx/session';
import { median } from '../layout/quad';
import type { PageImage, Quad } from '../page';
import { detectorSize, type Size } from './detector-size';
import { detectorTensor, type Normalisation } from './detector-tensor';
import type { Rectangle } from './rectangle';
import { textBoxes, toPage, type BoxRules } from './text-boxes';

/** How a page is shown to the detector and its answer read. */
export interface DetectorSettings extends BoxRules {
  normalisation: Normalisation;
  longSide: number;
}

/** Starting values, replaced once measured. */
export const DETECTOR: DetectorSettings = {
  normalisation: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  threshold: 0.3,
  boxThreshold: 0.5,
  unclipRatio: 1.6,
  longSide: 1280,
};

/** Boxes lower than this, in map pixels, are too small for the detector to separate well: the page is shown once more, larger. */
const SMALL_PRINT = 14;

/** How much larger; the cap on a detector input's pixels bounds it further. */
const ENLARGED = 2;

/** Finds the lines of text of a page, as quads in page pixels. */
export class TextDetector {
  constructor(
    private readonly session: ModelSession,
    private readonly settings: DetectorSettings = DETECTOR,
  ) {}

  async detect(page: PageImage): Promise<Quad[]> {
    const { longSide } = this.settings;
    const size = detectorSize(page, longSide);
    const boxes = await this.detectAt(page, size);
    const larger = detectorSize(page, longSide * ENLARGED, ENLARGED);
    const height = median(boxes.map((box) => Math.min(box.width, box.height)));
    if (height === 0 || height >= SMALL_PRINT || larger.width <= size.width) return boxes.map((box) => toPage(box, size, page));
    return (await this.detectAt(page, larger)).map((box) => toPage(box, larger, page));
  }

  private async detectAt(page: PageImage, size: Size): Promise<Rectangle[]> {
    const tensor = detectorTensor(page, size, this.settings.normalisation);
    const [map] = await this.session.run(tensor, size.height, size.width);
    return textBoxes(map?.data as Float32Array, size, this.settings);
  }
}
