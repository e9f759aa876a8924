import type { TextDetector } from './detect/text-detector';
import { directionWitnesses, liesSideways } from './layout/page-orientation';
import { median, turnHalf } from './layout/quad';
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

/** The upright page with its text boxes. */
export interface LocatedPage {
  page: PageImage;
  turned: Turn;
  quads: Quad[];
}

/** Finds the text boxes of a page, turning the page upright first where it is not. */
export async function locateText(models: Locator, page: PageImage): Promise<LocatedPage> {
  const quads = await models.detector.detect(page);
  const sideways = liesSideways(quads);
  const side = sideways ? turnPage(page, 90) : page;
  const sideQuads = sideways ? await models.detector.detect(side) : quads;
  if (!(await standsOnItsHead(models, side, sideQuads))) return { page: side, turned: sideways ? 90 : 0, quads: sideQuads };
  const turned = sideways ? 270 : 180;
  const upright = turnPage(page, turned);
  return { page: upright, turned, quads: await models.detector.detect(upright) };
}

/** The classifier votes; where it sees a page on its head, the recogniser must agree, since a wrong turn loses the whole page. */
async function standsOnItsHead({ classifier, recognizer }: Locator, page: PageImage, quads: readonly Quad[]): Promise<boolean> {
  const witnesses = directionWitnesses(quads);
  const votes: number[] = [];
  for (const quad of witnesses) votes.push(await classifier.turnedProbability(page, quad));
  if (median(votes) < 0.5) return false;
  let gain = 0;
  for (const quad of witnesses) {
    gain += (await recognizer.read(page, turnHalf(quad))).confidence - (await recognizer.read(page, quad)).confidence;
  }
  return gain > 0;
}
