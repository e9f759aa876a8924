import type { Comparison, EngineSummary, Ratio } from './comparison';

const ACCURACY = ['engine', 'pages', 'all five', 'words', 'payer', 'payee', 'items'];
const COST = ['engine', 'mean s', 'p50 s', 'p95 s', 'pages/s', 'core-s a page', 'over model time', 'peak RSS MiB', 'cold start s'];
const RATIOS = ['times the time of the first', 'median of pages', 'of means', 'core time: median of pages', 'of means'];

/** A run with peers as three Markdown tables: what was read, at what cost, and the peers against the first engine. */
export function renderComparison({ engines, ratios }: Comparison): string {
  return [
    ...table(ACCURACY, engines.map(accuracyOf)),
    ...table(COST, engines.map(costOf)),
    ...table(RATIOS, ratios.map(ratioCells)),
    ...engines.map(({ name, detail }) => `- ${name}: ${detail}`),
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

/** What was not measured is a dash, not a zero. */
function fixed(value: number | undefined, digits: number): string {
  return value === undefined ? '–' : value.toFixed(digits);
}

function table(header: string[], rows: string[][]): string[] {
  return [...[header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`), ''];
}
