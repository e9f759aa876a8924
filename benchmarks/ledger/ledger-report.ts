import { markdownTable } from '../markdown-table';
import { quantile } from '../ocr/summary';

/** How long the searches of one kind took. */
export interface SearchTimes {
  name: string;
  ms: number[];
  /** What of it PostgreSQL and the asking thread spent on a core: the rest was waiting, on a shared machine for others. */
  coreMs: number[];
  /** Bills found, in all. */
  found: number;
}

/** What was measured, of how large a ledger. */
export interface LedgerResult {
  bills: number;
  tenants: readonly number[];
  searches: readonly SearchTimes[];
  /** Sizes on disk, indexes included. */
  sizes: readonly { table: string; total: string; heap: string }[];
  /** Verifications noted a second (asked and answered, two transactions each), by so many writers at once, into the full ledger. */
  writes: { perSecond: number; writers: number; noted: number };
  howTaken: readonly string[];
}

/** The goal of the searches, at the 95th percentile. */
export const GOAL_MS = 100;

/** The result as Markdown. */
export function renderLedger({ bills, tenants, searches, sizes, writes, howTaken }: LedgerResult): string {
  const all = searches.flatMap(({ ms }) => ms).sort((one, other) => one - other);
  return [
    ...markdownTable(
      ['search', 'asked', 'found', 'p50 ms', 'p95 ms', 'longest ms', 'p50 core ms', 'p95 core ms'],
      [
        ...searches.map((kind) => cells(kind)),
        cells({
          name: '**all**',
          ms: all,
          coreMs: searches.flatMap(({ coreMs }) => coreMs),
          found: searches.reduce((sum, { found }) => sum + found, 0),
        }),
      ],
    ),
    ...markdownTable(
      ['table', 'with indexes', 'rows alone'],
      sizes.map(({ table, total, heap }) => [table, total, heap]),
    ),
    `- ${bills} bills: ${tenants.join(', ')} of four tenants; the first one is asked`,
    `- goal: p95 of all searches at most ${GOAL_MS} ms: ${quantile(all, 0.95) <= GOAL_MS ? 'met' : 'NOT met'}`,
    `- written into the full ledger meanwhile: ${writes.perSecond.toFixed(0)} verifications noted a second by ${writes.writers} writers (${writes.noted} in all, each asked and answered, two transactions)`,
    ...howTaken.map((line) => `- ${line}`),
    '',
  ].join('\n');
}

function cells({ name, found, ...times }: SearchTimes): string[] {
  const [ms, coreMs] = [times.ms, times.coreMs].map((all) => [...all].sort((one, other) => one - other)) as [number[], number[]];
  const shown = [quantile(ms, 0.5), quantile(ms, 0.95), Math.max(...ms), quantile(coreMs, 0.5), quantile(coreMs, 0.95)];
  return [name, String(ms.length), String(found), ...shown.map((value) => value.toFixed(1))];
}
