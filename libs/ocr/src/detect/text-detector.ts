import type { ModelSession } from '../onnx/session';
import type { PageImage, Quad } from '../page';
import { detectorSize, type Size } from './detector-size';
import { detectorTensor, type Normalisation } from './detector-tensor';
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

/** Finds the lines of text of a page, as quads in page pixels. */
export class TextDetector {
  constructor(
    private readonly session: ModelSession,
    private readonly settings: DetectorSettings = DETECTOR,
  ) {}

  async detect(page: PageImage): Promise<Quad[]> {
    const size = detectorSize(page, this.settings.longSide);
    return this.detectAt(page, size);
  }

  private async detectAt(page: PageImage, size: Size): Promise<Quad[]> {
    const tensor = detectorTensor(page, size, this.settings.normalisation);
    const [map] = await this.session.run(tensor, size.height, size.width);
    const boxes = textBoxes(map?.data as Float32Array, size, this.settings);
    return boxes.map((box) => toPage(box, size, page));
  }
}
