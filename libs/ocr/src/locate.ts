import type { DetectedText, TextDetector } from './detect/text-detector';
import { directionWitnesses, liesSideways } from './layout/page-orientation';
import { median, onTurnedPage, turnHalf } from './layout/quad';
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
  const upright = await findUpright(models, page);
  return { page: upright.page, turned: upright.turned, quads: await models.detector.lookUnderSeals(upright.page, upright.found) };
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
