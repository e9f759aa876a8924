/** What was resident when so many pages were done. */
export interface MemorySample {
  page: number;
  rssMiB: number;
}

/** How memory grows over pages; the slope is unknown while there are too few of them. */
export interface Growth {
  mibPer100Pages: number | undefined;
  verdict: 'flat' | 'growing' | 'too few pages';
}

/** Until then buffers and heaps take their size. */
export const SETTLED_AFTER_PAGES = 50;

/** Less than one page's pixels (about 6 MiB at 200 dpi of A5), kept once in a hundred pages, would show. */
export const FLAT_MIB_PER_100_PAGES = 5;

/** RSS swings by some tens of MiB as pages come and go: over fewer pages the line follows the swing. */
const FEWEST_PAGES = 100;

/** The slope of the line through the samples of settled pages, by least squares, and what it means. */
export function growthOf(samples: readonly MemorySample[]): Growth {
  const settled = samples.filter(({ page }) => page >= SETTLED_AFTER_PAGES);
  const slope = slopeOf(settled.map(({ page, rssMiB }) => [page, rssMiB]));
  if (slope === undefined) return { mibPer100Pages: undefined, verdict: 'too few pages' };
  const mibPer100Pages = slope * 100;
  const last = settled.at(-1)?.page ?? 0;
  if (last - SETTLED_AFTER_PAGES < FEWEST_PAGES) return { mibPer100Pages, verdict: 'too few pages' };
  return { mibPer100Pages, verdict: mibPer100Pages <= FLAT_MIB_PER_100_PAGES ? 'flat' : 'growing' };
}

/** Slope of the least-squares line; undefined without two different places. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number | undefined {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const spread = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return spread > 0 ? points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread : undefined;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
