import { fixed, markdownRow, markdownTable } from '../markdown-table';
import type { Stretch } from './endurance-record';
import { FLAT_MIB_PER_100_PAGES, SETTLED_AFTER_PAGES, type Growth } from './growth';
import { LONGEST_WANTED_MS, type Stall, type Stalls, type StallReport } from './stalls';

/** One run of the benchmark, its stretches left out. */
export interface EnduranceResult {
  subject: string;
  pack: string;
  workers: number;
  pagesInHand: number;
  pages: number;
  files: number;
  coldStartMs: number;
  pagesPerSecond: number;
  coreSecondsPerPage: number;
  peakRssMiB: number;
  growth: Growth;
  stalls: StallReport;
  /** Longest times that single calls held the thread, by their names. */
  heldBy: Record<string, Stall>;
  /** Files whose result was not, each time, that of the file read alone. */
  different: string[];
}

const HEADER = ['pages', 'pages/s', 'core-s a page', 'RSS MiB', `MiB per 100 pages since page ${SETTLED_AFTER_PAGES}`, 'longest stall ms'];

/** The head of the table that grows while pages are read. */
export function stretchHead(): string {
  return [HEADER, HEADER.map(() => '---')].map(markdownRow).join('\n');
}

export function stretchRow({ pages, pagesPerSecond, coreSecondsPerPage, rssMiB, mibPer100Pages, longestStallMs }: Stretch): string {
  const cells = [
    fixed(pagesPerSecond, 2),
    fixed(coreSecondsPerPage, 3),
    fixed(rssMiB, 0),
    fixed(mibPer100Pages, 1),
    fixed(longestStallMs, 1),
  ];
  return markdownRow([String(pages), ...cells]);
}

/** What stands below that table when all is done. */
export function renderEndurance(result: EnduranceResult): string {
  const { stalls, growth } = result;
  return [
    '',
    ...markdownTable(
      ['stalls of the serving thread', 'longest ms', 'p99.9 ms', 'p99 ms', 'ticks'],
      [
        stallRow('monitorEventLoopDelay at 1 ms, less that 1 ms', stalls.monitor),
        stallRow('own timer of 1 ms against the clock, less 1 ms', stalls.timer),
        stallRow("the thread's own core time from tick to tick", stalls.core),
      ],
    ),
    `- ${result.subject}, pack ${result.pack}, ${result.workers} workers, ${result.pagesInHand} pages in hand, ${result.files} files`,
    `- ${result.pages} pages, ${result.pagesPerSecond.toFixed(2)} pages/s, ${result.coreSecondsPerPage.toFixed(3)} core-seconds a page, cold start ${result.coldStartMs.toFixed(0)} ms, peak RSS ${result.peakRssMiB.toFixed(0)} MiB`,
    `- memory: ${growth.verdict}, ${fixed(growth.mibPer100Pages, 1)} MiB per 100 pages (flat: the line through RSS at every page since page ${SETTLED_AFTER_PAGES} rises by at most ${FLAT_MIB_PER_100_PAGES} MiB per 100 pages, over at least 100 pages)`,
    `- stalls longer than ${LONGEST_WANTED_MS} ms: ${stalls.tooLong.byClock}; in ${stalls.tooLong.byCore} the thread itself worked for so long, in the others it waited for a core`,
    `- worst stalls, and in brackets the core time the thread had in them: ${stalls.worst.map(stallText).join(', ')}`,
    `- longest single holds of the thread: ${heldLine(result)}`,
    verdictLine(result),
    '',
  ].join('\n');
}

function stallRow(name: string, { longestMs, p999Ms, p99Ms, ticks }: Stalls): string[] {
  return [name, ...[longestMs, p999Ms, p99Ms].map((ms) => ms.toFixed(1)), String(ticks)];
}

function heldLine({ heldBy, stalls }: EnduranceResult): string {
  const calls = Object.entries(heldBy).map(([name, stall]) => `${name} ${stallText(stall)}`);
  return [...calls, `collecting garbage ${stalls.longestGcMs.toFixed(1)} ms`].join(', ');
}

function stallText({ ms, coreMs }: Stall): string {
  return `${ms.toFixed(1)} ms (${coreMs.toFixed(1)})`;
}

function verdictLine({ different, pages }: EnduranceResult): string {
  return different.length === 0
    ? `- determinism: all ${pages} results are, byte for byte, those of the same file read alone`
    : `- NOT DETERMINISTIC: other results than alone for ${different.join(', ')}`;
}
