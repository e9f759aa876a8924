import { MARKS, type Mark, type Score } from './score';

/** One page as measured; milliseconds are wall clock, decoding included. */
export interface PageMeasure {
  file: string;
  mode: string;
  ms: number;
  detectMs: number;
  recognizeMs: number;
  /** Core time inside the models. */
  modelMs: number;
  turned: number;
  lines: number;
  /** Of the lines as the engine prefers them. */
  score: Score;
  /** Whether all five elements stand in the lines as the model read them. */
  allElementsRaw: boolean;
}

/** What accuracy and speed are summed up from. */
export type TimedScore = Pick<PageMeasure, 'ms' | 'score'>;

/** How one mode, or all pages, came out: shares are 0 to 1. */
export interface ModeSummary {
  mode: string;
  pages: number;
  allElements: number;
  found: Record<Mark, number>;
  items: number;
  meanMs: number;
  p50Ms: number;
  p95Ms: number;
}

/** What was measured around the pages. */
export interface RunMeasure {
  pack: string;
  workers: number;
  /** Pages read at a time. */
  pagesInHand: number;
  /** From the start of the process to its first page read, which is not among the pages. */
  coldStartMs: number;
  wallMs: number;
  cpuMs: number;
}

/** One run of the benchmark. */
export interface Summary extends RunMeasure {
  modes: ModeSummary[];
  pagesPerSecond: number;
  coreSecondsPerPage: number;
  /** Core time over the part of it inside the models: 1 when everything around them were free. */
  overModelTime: number;
  peakRssMiB: number;
  linesPerPage: number;
  /** Share of the pages with all five elements as the model read them, 0 to 1. */
  allElementsRaw: number;
}

/** Sums up a run, by mode and, under the name ALL, in all. */
export function summarize(measures: readonly PageMeasure[], run: RunMeasure): Summary {
  const modes = [...new Set(measures.map(({ mode }) => mode))].sort();
  const pages = measures.length;
  return {
    ...run,
    modes: [
      ...modes.map((mode) =>
        summarizeMode(
          mode,
          measures.filter((measure) => measure.mode === mode),
        ),
      ),
      summarizeMode('ALL', measures),
    ],
    pagesPerSecond: pages / (run.wallMs / 1000),
    coreSecondsPerPage: run.cpuMs / 1000 / pages,
    overModelTime: run.cpuMs / measures.reduce((sum, { modelMs }) => sum + modelMs, 0),
    peakRssMiB: process.resourceUsage().maxRSS / 1024,
    linesPerPage: measures.reduce((sum, { lines }) => sum + lines, 0) / pages,
    allElementsRaw: measures.filter(({ allElementsRaw }) => allElementsRaw).length / pages,
  };
}

/** Sums up some pages under a name. */
export function summarizeMode(mode: string, measures: readonly TimedScore[]): ModeSummary {
  const share = (holds: (score: Score) => boolean) => measures.filter(({ score }) => holds(score)).length / measures.length;
  const total = (value: (measure: TimedScore) => number) => measures.reduce((sum, measure) => sum + value(measure), 0);
  const times = measures.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    mode,
    pages: measures.length,
    allElements: share((score) => score.allElements),
    found: Object.fromEntries(MARKS.map((mark) => [mark, share((score) => score.found[mark])])) as Record<Mark, number>,
    items:
      total(({ score }) => score.itemsFound) /
      Math.max(
        1,
        total(({ score }) => score.items),
      ),
    meanMs: total(({ ms }) => ms) / measures.length,
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}

/** The value below which `share` of the sorted values lie, by the nearest rank. */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
