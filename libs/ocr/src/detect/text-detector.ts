import { median, quadHeight, quadWidth, shiftDown } from '../layout/quad';
import { ByteScratch, Scratch } from '../onnx/scratch';
import type { ModelSession } from '../onnx/session';
import type { PageImage, Quad } from '../page';
import { detectorSize, type Size } from './detector-size';
import { detectorTensor, type Normalisation } from './detector-tensor';
import type { Rectangle } from './rectangle';
import { fadedBand, type Band } from './seal-bands';
import { textBoxes, toPage, type BoxRules } from './text-boxes';
import { joinTiles, tilesOf } from './tiles';

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

/** Detector pixels by which tiles overlap beyond twice the tallest line: the detector sees a line's surroundings too. */
const OVERLAP = 64;

/** Text boxes in page pixels, and how many detector pixels one page pixel became. */
export interface DetectedText {
  quads: Quad[];
  scale: number;
}

/** Finds the lines of text of one page at a time. */
export class TextDetector {
  private readonly scratch = new Scratch();
  private readonly pixels = new ByteScratch();

  constructor(
    private readonly session: ModelSession,
    private readonly settings: DetectorSettings = DETECTOR,
  ) {}

  /** The boxes of a page, and the scale at which they were found: a second time and larger where its print is small. */
  async detect(page: PageImage): Promise<DetectedText> {
    const { longSide } = this.settings;
    const size = detectorSize(page, longSide);
    const boxes = await this.detectAt(page, size);
    const larger = detectorSize(page, longSide * ENLARGED, ENLARGED);
    const height = median(boxes.map((box) => Math.min(box.width, box.height)));
    const quads = boxes.map((box) => toPage(box, size, page));
    const isLarge = height === 0 || height >= SMALL_PRINT || larger.width <= size.width;
    if (isLarge) return { quads, scale: scaleOf(size, page) };
    const scale = scaleOf(larger, page);
    return { quads: await this.detectInTiles(page, scale, 2 * tallestLine(quads) + OVERLAP / scale), scale };
  }

  /** The boxes in a band that a red seal touches, with the red faded, at the scale of the page. */
  lookUnderSeal(page: PageImage, band: Band, scale: number): Promise<Quad[]> {
    return this.detectAtScale(fadedBand(page, band, this.pixels), scale, band.top);
  }

  private async detectInTiles(page: PageImage, scale: number, overlap: number): Promise<Quad[]> {
    const found: { band: Band; quads: Quad[] }[] = [];
    for (const band of tilesOf(page, scale, overlap)) {
      const { top, bottom } = band;
      const stride = page.width * 3;
      const part = { width: page.width, height: bottom - top, rgb: page.rgb.subarray(top * stride, bottom * stride) };
      found.push({ band, quads: await this.detectAtScale(part, scale, top) });
    }
    return joinTiles(found);
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
    const probabilities = map?.data as Float32Array<ArrayBuffer>;
    const boxes = textBoxes(probabilities, size, this.settings);
    // Given back at once: a worker's own heap is too small for these megabytes to be collected soon.
    probabilities.buffer.transfer(0);
    return boxes;
  }
}

function scaleOf(size: Size, page: Size): number {
  return Math.max(size.width, size.height) / Math.max(page.width, page.height);
}

/** Rows from the highest to the lowest corner of the line that takes most of them: of a tilted line more than its height. */
function tallestLine(quads: readonly Quad[]): number {
  const lines = quads.filter((quad) => quadWidth(quad) >= 2 * quadHeight(quad));
  const rows = lines.map((quad) => Math.max(...quad.map(([, y]) => y)) - Math.min(...quad.map(([, y]) => y)));
  return Math.max(0, ...rows);
}
