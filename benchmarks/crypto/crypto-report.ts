import { markdownTable } from '../markdown-table';
import { quantile } from '../ocr/summary';

/** What sealing or opening an image took, run by run. */
export interface ImageTimes {
  suite: string;
  what: string;
  ms: readonly number[];
  /** Time that the process had of a core, which the thread clock is too coarse for. */
  coreMs: readonly number[];
}

/** How often in a second, or how many megabytes. */
export interface Rate {
  suite: string;
  what: string;
  value: number;
  unit: string;
}

export interface CryptoResult {
  megabytes: number;
  images: readonly ImageTimes[];
  rates: readonly Rate[];
  howTaken: readonly string[];
}

/** For sealing an image in the suite `standard`, and for opening it: median. */
export const GOAL_MS = 30;
const GOAL_SUITE = 'standard';

/** The result as Markdown. */
export function renderCrypto({ megabytes, images, rates, howTaken }: CryptoResult): string {
  return [
    ...markdownTable(
      [`image of ${megabytes} MB`, 'suite', 'runs', 'p50 ms', 'p95 ms', 'longest ms', 'p50 core ms', 'MB/s at p50'],
      images.map((times) => imageCells(times, megabytes)),
    ),
    ...markdownTable(
      ['operation', 'suite', 'rate'],
      rates.map(({ suite, what, value, unit }) => [what, suite, `${Math.round(value)} ${unit}`]),
    ),
    `- goal: median of ${GOAL_SUITE} at most ${GOAL_MS} ms to seal and to open: ${isGoalMet(images) ? 'met' : 'NOT met'}`,
    ...howTaken.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

/** False also when nothing of the goal's suite was measured. */
export function isGoalMet(images: readonly ImageTimes[]): boolean {
  const judged = images.filter(({ suite }) => suite === GOAL_SUITE);
  return judged.length > 0 && judged.every(({ ms }) => quantile(sorted(ms), 0.5) <= GOAL_MS);
}

function imageCells({ suite, what, ms, coreMs }: ImageTimes, megabytes: number): string[] {
  const times = sorted(ms);
  const median = quantile(times, 0.5);
  const shown = [median, quantile(times, 0.95), Math.max(...ms), quantile(sorted(coreMs), 0.5)];
  return [what, suite, String(ms.length), ...shown.map((value) => value.toFixed(1)), String(Math.round((megabytes * 1000) / median))];
}

const sorted = (values: readonly number[]): number[] => [...values].sort((one, other) => one - other);
