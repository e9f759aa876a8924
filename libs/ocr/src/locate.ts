import { sealBands, type Band } from './detect/seal-bands';
import type { DetectedText, TextDetector } from './detect/text-detector';
import { directionWitnesses, liesSideways, readingWitnesses } from './layout/page-orientation';
import { onTurnedPage, turnHalf } from './layout/quad';
import { turnPage } from './layout/turn-page';
import type { PageImage, Quad, Turn } from './page';
import type { DirectionClassifier } from './recognize/direction-classifier';
import type { LineRecognizer } from './recognize/line-recognizer';

/** The models that find the text of a page. */
export interface Locator {
  detector: TextDetector;
  classifier: DirectionClassifier;
  recognizer: LineRecognizer;
}

/** The upright page with its text boxes, how many detector pixels one of its pixels became, and the rows that red seals touch. */
export interface LocatedPage {
  page: PageImage;
  turned: Turn;
  quads: Quad[];
  scale: number;
  bands: Band[];
}

/** A line is read the right way up with 0.2 to 0.6 more confidence than on its head, some numbers with none: two lines decide, as a rule. */
const CLEAR_GAIN = 0.5;

/** Finds the text boxes of a page, turning the page upright first where it is not. */
export async function locateText(models: Locator, page: PageImage): Promise<LocatedPage> {
  const upright = await findUpright(models, page);
  return { page: upright.page, turned: upright.turned, ...upright.found, bands: sealBands(upright.page) };
}

async function findUpright(models: Locator, page: PageImage): Promise<{ page: PageImage; turned: Turn; found: DetectedText }> {
  const first = await models.detector.detect(page);
  const sideways = liesSideways(first.quads);
  const side = sideways ? turnPage(page, 90) : page;
  // Boxes that merely lie on their side could be turned too, but the detector tells columns apart better along the lines.
  const found = sideways ? await models.detector.detect(side) : first;
  if (!(await standsOnItsHead(models, side, found.quads))) return { page: side, turned: sideways ? 90 : 0, found };
  const turned = sideways ? 270 : 180;
  return { page: turnPage(page, turned), turned, found: { ...found, quads: found.quads.map((quad) => onTurnedPage(quad, side)) } };
}

/** The classifier votes; where it sees a page on its head, the recogniser must agree, since a wrong turn loses the whole page. */
async function standsOnItsHead(models: Locator, page: PageImage, quads: readonly Quad[]): Promise<boolean> {
  const witnesses = directionWitnesses(quads);
  const votes = await pollUntilDecided(witnesses, async (quad) => (await models.classifier.turnedProbability(page, quad)) >= 0.5);
  return votes && (await readsBetterTurned(models.recognizer, page, quads));
}

/** Whether at least half of the witnesses say yes; nobody is asked whose answer cannot change that, and without witnesses it is no. */
async function pollUntilDecided(witnesses: readonly Quad[], ask: (quad: Quad) => Promise<boolean>): Promise<boolean> {
  const needed = Math.max(1, Math.ceil(witnesses.length / 2));
  let yes = 0;
  for (const [asked, quad] of witnesses.entries()) {
    if (yes >= needed || yes + witnesses.length - asked < needed) break;
    if (await ask(quad)) yes++;
  }
  return yes >= needed;
}

/** Reads lines both ways up until one way is clearly surer. */
async function readsBetterTurned(recognizer: LineRecognizer, page: PageImage, quads: readonly Quad[]): Promise<boolean> {
  let gain = 0;
  for (const quad of readingWitnesses(quads)) {
    gain += (await recognizer.read(page, turnHalf(quad))).line.confidence - (await recognizer.read(page, quad)).line.confidence;
    if (Math.abs(gain) >= CLEAR_GAIN) break;
  }
  return gain > 0;
}
