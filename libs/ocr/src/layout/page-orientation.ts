import type { Quad } from '../page';
import { quadHeight, quadWidth } from './quad';

/** Boxes at least this elongated show the direction of their text. */
const ELONGATED = 2;

/** How much longer, in all, the tall boxes must be than the wide ones: some forms print one column of text downwards. */
const SIDEWAYS = 1.5;

/** Lines whose direction is asked for; a handful outvotes a wrong answer and costs 1 ms each. */
const WITNESSES = 7;

/** A line this much longer than high has characters enough to be read one way up and not the other. */
const READABLE = 6;

/** Whether the page lies on its side, by the shape of its boxes. */
export function liesSideways(quads: readonly Quad[]): boolean {
  let wide = 0;
  let tall = 0;
  for (const quad of quads) {
    const width = quadWidth(quad);
    const height = quadHeight(quad);
    if (width >= ELONGATED * height) wide += width;
    if (height >= ELONGATED * width) tall += height;
  }
  return tall > SIDEWAYS * wide;
}

/** The lines that tell best which way up the page is: the longest ones that run along the page's text. */
export function directionWitnesses(quads: readonly Quad[]): Quad[] {
  return quads
    .filter((quad) => quadWidth(quad) >= ELONGATED * quadHeight(quad))
    .sort((a, b) => quadWidth(b) - quadWidth(a))
    .slice(0, WITNESSES);
}

/**
 * The lines whose reading tells which way up the page is, at the least cost: short ones first, as a recogniser's time grows with length.
 * A page without a line of some length has none better than its longest.
 */
export function readingWitnesses(quads: readonly Quad[]): Quad[] {
  const elongation = (quad: Quad) => quadWidth(quad) / Math.max(1, quadHeight(quad));
  const readable = quads.filter((quad) => elongation(quad) >= READABLE).sort((a, b) => elongation(a) - elongation(b));
  return readable.length > 0 ? readable.slice(0, WITNESSES) : directionWitnesses(quads);
}
