import type { Mark, Score } from '../score';
import { quantile, summarizeMode } from '../summary';

/** What reading took. */
export interface Cost {
  /** Decoding included. */
  seconds: number;
  /** Core time of the engine's process. */
  cpuSeconds: number;
}

/** One page as one engine read it. */
export interface EnginePage extends Cost {
  file: string;
  mode: string;
  /** The part of it inside the models, where the engine tells. */
  modelSeconds?: number | undefined;
  lines: number;
  score: Score;
}

/** What one engine did in a run. */
export interface EngineRun {
  name: string;
  /** Versions and settings. */
  detail: string;
  /** From starting its process to its first page read, which is not among the pages. */
  coldStartSeconds: number;
  peakRssMiB: number | undefined;
  pages: EnginePage[];
}

/** An engine's pages summed up; shares are 0 to 1. */
export interface EngineSummary extends Omit<EngineRun, 'pages'> {
  pages: number;
  allElements: number;
  found: Record<Mark, number>;
  items: number;
  meanSeconds: number;
  p50Seconds: number;
  p95Seconds: number;
  /** One page at a time. */
  pagesPerSecond: number;
  coreSecondsPerPage: number;
  /** Core time over the part of it inside the models. */
  overModelTime: number | undefined;
}

/** How many times the first engine's time another needs: the median over pages or chunks, and for the run as a whole. */
export interface Ratio {
  name: string;
  medianTime: number;
  meanTime: number;
  medianCoreTime: number;
  meanCoreTime: number;
}

/** All engines of a run, and the others against the first. */
export interface Comparison {
  engines: (EngineSummary & { measures: EnginePage[] })[];
  ratios: Ratio[];
}

/** Compares engines that read the same pages in the same order; the first is measured against the others. */
export function compareRuns([own, ...peers]: readonly [EngineRun, ...EngineRun[]]): Comparison {
  return {
    engines: [own, ...peers].map((run) => ({ ...summarizeEngine(run), measures: run.pages })),
    ratios: peers.map((peer) => ratioOf(own, peer)),
  };
}

function summarizeEngine({ pages, ...run }: EngineRun): EngineSummary {
  const { allElements, found, items, meanMs, p50Ms, p95Ms } = summarizeMode(
    run.name,
    pages.map(({ seconds, score }) => ({ ms: seconds * 1000, score })),
  );
  const cpuSeconds = sum(pages, (page) => page.cpuSeconds);
  const modelSeconds = sum(pages, (page) => page.modelSeconds ?? 0);
  return {
    ...run,
    pages: pages.length,
    allElements,
    found,
    items,
    meanSeconds: meanMs / 1000,
    p50Seconds: p50Ms / 1000,
    p95Seconds: p95Ms / 1000,
    pagesPerSecond: 1000 / meanMs,
    coreSecondsPerPage: cpuSeconds / pages.length,
    overModelTime: modelSeconds > 0 ? cpuSeconds / modelSeconds : undefined,
  };
}

function ratioOf(own: EngineRun, peer: EngineRun): Ratio {
  const pairs = own.pages.map((page, index): [EnginePage, EnginePage] => {
    const other = peer.pages[index];
    if (other?.file !== page.file) throw new Error(`${peer.name} did not read ${page.file} when ${own.name} did`);
    return [page, other];
  });
  return timesOf(peer.name, pairs);
}

/** How many times the cost of the first the second of each pair is. */
export function timesOf(name: string, pairs: readonly (readonly [Cost, Cost])[]): Ratio {
  const medianOf = (value: (cost: Cost) => number) => median(pairs.map(([own, other]) => value(other) / value(own)));
  const own = pairs.map(([cost]) => cost);
  const others = pairs.map(([, cost]) => cost);
  const meansOf = (value: (cost: Cost) => number) => sum(others, value) / sum(own, value);
  return {
    name,
    medianTime: medianOf(({ seconds }) => seconds),
    meanTime: meansOf(({ seconds }) => seconds),
    medianCoreTime: medianOf(({ cpuSeconds }) => cpuSeconds),
    meanCoreTime: meansOf(({ cpuSeconds }) => cpuSeconds),
  };
}

function median(values: readonly number[]): number {
  return quantile(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
