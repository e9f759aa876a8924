import { joinLooks } from '../layout/join-looks';
import { quadCentre } from '../layout/quad';
import type { Quad } from '../page';
import type { Band } from './seal-bands';
import type { Size } from './detector-size';

/**
 * Detector pixels of one tile, about those of a page that is looked at whole: activations of a whole page of small print (1.7 million) take 370 MiB
 * and are never given back, those of this many 110 MiB.
 */
const MAX_TILE_PIXELS = 700_000;

/**
 * Bands of rows in which a page is shown to the detector at `scale` detector pixels a pixel: neighbours overlap by `overlap` rows. One band where
 * the page is small enough, or would have to overlap by more than half.
 */
export function tilesOf(page: Size, scale: number, overlap: number): Band[] {
  const rowsAtOnce = Math.floor(MAX_TILE_PIXELS / (page.width * scale) / scale);
  if (page.height <= rowsAtOnce || overlap > rowsAtOnce / 2) return [{ top: 0, bottom: page.height }];
  const count = Math.ceil((page.height - overlap) / (rowsAtOnce - overlap));
  const step = (page.height - overlap) / count;
  return Array.from({ length: count }, (_, index) => ({
    top: Math.floor(index * step),
    bottom: Math.min(page.height, Math.ceil((index + 1) * step + overlap)),
  }));
}

/**
 * One list of the boxes of overlapping tiles. A line that a tile's edge cuts lies nearer to the edge than to the middle of the overlap, where the
 * neighbour sees it whole; near the middle both see it, and it is joined.
 */
export function joinTiles(found: readonly { band: Band; quads: readonly Quad[] }[]): Quad[] {
  return found.reduce((joined: Quad[], { band, quads }, index) => {
    const [before, after] = [found[index - 1]?.band, found[index + 1]?.band];
    const from = before ? band.top + (before.bottom - band.top) / 4 : -Infinity;
    const to = after ? band.bottom - (band.bottom - after.top) / 4 : Infinity;
    return joinLooks(
      joined,
      quads.filter((quad) => isWithin(quad, from, to)),
    );
  }, []);
}

function isWithin(quad: Quad, from: number, to: number): boolean {
  const [, y] = quadCentre(quad);
  return y >= from && y <= to;
}
