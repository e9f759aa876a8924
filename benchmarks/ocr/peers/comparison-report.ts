import { fixed, markdownTable } from '../../markdown-table';
import type { Comparison, EngineSummary, Ratio } from './comparison';
import type { Throughput } from './throughput';

const ACCURACY = ['engine', 'pages', 'all five', 'words', 'payer', 'payee', 'items'];
const COST = ['engine', 'mean s', 'p50 s', 'p95 s', 'pages/s', 'core-s a page', 'over model time', 'peak RSS MiB', 'cold start s'];
const RATIOS = ['times the time of the first', 'median of pages', 'of means', 'core time: median of pages', 'of means'];
const THROUGHPUT = ['with pages in hand', 'in hand', 'pages', 'pages/s', 'core-s a page', 'peak RSS MiB'];
const THROUGHPUT_RATIOS = [
  'times the time of the first, with pages in hand',
  'median of chunks',
  'of sums',
  'core time: median of chunks',
  'of sums',
];

/** A run with peers as three Markdown tables: what was read, at what cost, and the peers against the first engine. */
export function renderComparison({ engines, ratios }: Comparison): string {
  return [
    ...markdownTable(ACCURACY, engines.map(accuracyOf)),
    ...markdownTable(COST, engines.map(costOf)),
    ...markdownTable(RATIOS, ratios.map(ratioCells)),
    ...engines.map(({ name, detail }) => `- ${name}: ${detail}`),
    '',
  ].join('\n');
}

/** What each engine did with as many pages in hand as it takes: two more tables. */
export function renderThroughput({ engines, ratios }: Throughput): string {
  return [
    '',
    ...markdownTable(
      THROUGHPUT,
      engines.map(({ name, pagesInHand, pages, pagesPerSecond, coreSecondsPerPage, peakRssMiB }) => [
        ...[name, String(pagesInHand), String(pages), fixed(pagesPerSecond, 2), fixed(coreSecondsPerPage, 2), fixed(peakRssMiB, 0)],
      ]),
    ),
    ...markdownTable(THROUGHPUT_RATIOS, ratios.map(ratioCells)),
    '- With pages in hand: the peers read one page after another, for that is how their pipeline works; each has its threads within a page.',
    '',
  ].join('\n');
}

function accuracyOf({ name, pages, allElements, found, items }: EngineSummary): string[] {
  const shares = [allElements, found.words, found.payer, found.payee, items];
  return [name, String(pages), ...shares.map((share) => `${(share * 100).toFixed(1)} %`)];
}

function costOf(engine: EngineSummary): string[] {
  const { meanSeconds, p50Seconds, p95Seconds, pagesPerSecond, coreSecondsPerPage, overModelTime, peakRssMiB, coldStartSeconds } = engine;
  const times = [meanSeconds, p50Seconds, p95Seconds, pagesPerSecond, coreSecondsPerPage, overModelTime];
  return [engine.name, ...times.map((value) => fixed(value, 2)), fixed(peakRssMiB, 0), fixed(coldStartSeconds, 1)];
}

function ratioCells({ name, medianTime, meanTime, medianCoreTime, meanCoreTime }: Ratio): string[] {
  return [name, ...[medianTime, meanTime, medianCoreTime, meanCoreTime].map((ratio) => ratio.toFixed(2))];
}
