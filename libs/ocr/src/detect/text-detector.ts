import { median, shiftDown } from '../layout/quad';
import { Scratch } from '../onnx/scratch';
import type { ModelSession } from '../onnx/session';
import type { PageImage, Quad } from '../page';
import { detectorSize, type Size } from './detector-size';
import { detectorTensor, type Normalisation } from './detector-tensor';
import type { Rectangle } from './rectangle';
import { fadedBand, type Band } from './seal-bands';
import { textBoxes, toPage, type BoxRules } from './text-boxes';

/** How a page is shown to the detector and its answer read. */
export interface DetectorSettings extends BoxRules {
  normalisation: Normalisation;
  /** Pixels of the longest side of the detector's input. */
  longSide: number;
}

/**
 * Measured on 40 receipts with PP-OCRv6 small, before seals were looked at twice: these values find all five elements on 38 pages and the payee
 * on 32 (longest side 1280) or 32 (960); the ImageNet normalisation with 0.2 / 0.45 / 1.4 on 37 and 31, or 38 and 28. With the second look at
 * seals every field is found on all 40 pages at either size, and 960 costs 0.76 instead of 1.30 million detector pixels a page.
 */
export const DETECTOR: DetectorSettings = {
  normalisation: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  threshold: 0.3,
  boxThreshold: 0.5,
  unclipRatio: 1.6,
  longSide: 960,
};

/** Boxes lower than this, in map pixels, are too small for the detector to separate well: the page is shown once more, larger. */
const SMALL_PRINT = 14;

/** How much larger; the cap on a detector input's pixels bounds it further. */
const ENLARGED = 2;

/** Text boxes in page pixels, and how many detector pixels one page pixel became. */
export interface DetectedText {
  quads: Quad[];
  scale: number;
}

/** Finds the lines of text of one page at a time. */
export class TextDetector {
  private readonly scratch = new Scratch();

  constructor(
    private readonly session: ModelSession,
    private readonly settings: DetectorSettings = DETECTOR,
  ) {}

  /** The boxes of a page, and the scale at which they were found. */
  async detect(page: PageImage): Promise<DetectedText> {
    const [size, boxes] = await this.detectBySize(page);
    const scale = Math.max(size.width, size.height) / Math.max(page.width, page.height);
    return { quads: boxes.map((box) => toPage(box, size, page)), scale };
  }

  /** The boxes in a band that a red seal touches, with the red faded, at the scale of the page. */
  lookUnderSeal(page: PageImage, band: Band, scale: number): Promise<Quad[]> {
    return this.detectAtScale(fadedBand(page, band), scale, band.top);
  }

  /** The page as a whole, a second time and larger where its print is small. */
  private async detectBySize(page: PageImage): Promise<[Size, Rectangle[]]> {
    const { longSide } = this.settings;
    const size = detectorSize(page, longSide);
    const boxes = await this.detectAt(page, size);
    const larger = detectorSize(page, longSide * ENLARGED, ENLARGED);
    const height = median(boxes.map((box) => Math.min(box.width, box.height)));
    if (height === 0 || height >= SMALL_PRINT || larger.width <= size.width) return [size, boxes];
    return [larger, await this.detectAt(page, larger)];
  }

  /** A part of a page that begins at row `top`, at the scale of the whole. */
  private async detectAtScale(part: PageImage, scale: number, top: number): Promise<Quad[]> {
    const size = detectorSize(part, scale * Math.max(part.width, part.height), ENLARGED);
    const boxes = await this.detectAt(part, size);
    return boxes.map((box) => shiftDown(toPage(box, size, part), top));
  }

  private async detectAt(page: PageImage, size: Size): Promise<Rectangle[]> {
    const tensor = detectorTensor(page, size, this.settings.normalisation, this.scratch);
    const [map] = await this.session.run(tensor, size.height, size.width);
    return textBoxes(map?.data as Float32Array, size, this.settings);
  }
}
