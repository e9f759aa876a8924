import { MARKS } from './score';
import type { ModeSummary, PageMeasure, Summary } from './summary';

const HEADER = ['mode', 'pages', 'all five', ...MARKS, 'items', 'mean ms', 'p50 ms', 'p95 ms'];

/** The run as a Markdown table; `misses` are listed page by page below it. */
export function renderReport(summary: Summary, misses: readonly PageMeasure[]): string {
  const rows = [HEADER, HEADER.map(() => '---'), ...summary.modes.map(rowOf)].map((cells) => `| ${cells.join(' | ')} |`);
  return [...rows, '', ...runLines(summary), ...misses.flatMap(missesOf), ''].join('\n');
}

function runLines(summary: Summary): string[] {
  const { pack, workers, pagesInHand, linesPerPage, pagesPerSecond, coreSecondsPerPage, overModelTime, peakRssMiB, coldStartMs } = summary;
  const modelShare = `${(100 / overModelTime).toFixed(0)} % of it inside the models (${overModelTime.toFixed(2)} times the models' own)`;
  return [
    `all five as the model read them, without what known shapes prefer: ${percent(summary.allElementsRaw)}`,
    `pack ${pack}, ${workers} workers, ${linesPerPage.toFixed(1)} lines a page`,
    `${pagesPerSecond.toFixed(2)} pages/s with ${pagesInHand} ${pagesInHand === 1 ? 'page' : 'pages'} in hand, ${coreSecondsPerPage.toFixed(3)} core-seconds a page, ${modelShare}`,
    `peak RSS ${peakRssMiB.toFixed(0)} MiB, cold start ${(coldStartMs / 1000).toFixed(1)} s from the start of the process to its first page, which is not among the pages`,
  ];
}

function rowOf(mode: ModeSummary): string[] {
  const milliseconds = [mode.meanMs, mode.p50Ms, mode.p95Ms].map((ms) => ms.toFixed(0));
  return [
    mode.mode,
    String(mode.pages),
    ...[mode.allElements, ...MARKS.map((mark) => mode.found[mark]), mode.items].map(percent),
    ...milliseconds,
  ];
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function missesOf({ file, score }: PageMeasure): string[] {
  const missed = MARKS.filter((mark) => !score.found[mark]);
  return missed.length === 0 ? [] : [`${file}: ${missed.join(', ')} not found`];
}
