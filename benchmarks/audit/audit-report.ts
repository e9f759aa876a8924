import { availableParallelism, cpus, loadavg } from 'node:os';
import { fixed, markdownTable } from '../markdown-table';
import type { Appends, Spread } from './measure-appends';
import type { Proof } from './measure-proof';

export interface AuditResult {
  transactions: number;
  tenants: number;
  entries: number;
  appends: Appends;
  proofs: readonly Proof[];
  settings: Readonly<Record<string, string>>;
}

/** As benchmarks/results/audit.md keeps it. */
export function renderAudit({ transactions, tenants, entries, appends, proofs, settings }: AuditResult): string {
  const row = (what: string, { p50, p95 }: Spread): string[] => [what, fixed(p50, 2), fixed(p95, 2)];
  const { without, with: audited, statement, parallel, besideOpen, looks, lockWaits } = appends;
  const thousands = (rate: number): string => Math.round(rate).toLocaleString('en-US');
  return [
    ...markdownTable(
      ['a write', 'p50 ms', 'p95 ms'],
      [
        row('transaction without the audit', without),
        row('the same with an entry', audited),
        ['difference', fixed(audited.p50 - without.p50, 2), fixed(audited.p95 - without.p95, 2)],
        row("the entry's statement", statement),
        row(`the entry's statement, ${tenants} tenants at once`, parallel),
        row(`the entry's statement, ${tenants - 1} other tenants holding theirs open`, besideOpen),
      ],
    ),
    `${transactions} transactions of each kind, in turn, as piaoyan_api with row security. While ${tenants} tenants appended at once, ${looks} looks at pg_locks saw ${lockWaits} backends waiting for a lock.`,
    '',
    ...markdownTable(
      [
        'suite',
        'sealed a second',
        'exported a second',
        'verified a second',
        'verified a core second',
        'slowest verification',
        'file MiB',
        'memory grown MiB',
      ],
      proofs.map(({ suite, sealed, exported, verified, verifiedPerCore, verifications, fileMiB, grownMiB }) => [
        ...[
          suite,
          thousands(sealed),
          thousands(exported),
          thousands(verified),
          thousands(verifiedPerCore),
          thousands(Math.min(...verifications)),
        ],
        ...[fixed(fileMiB, 0), fixed(grownMiB, 0)],
      ]),
    ),
    `${entries} entries of one tenant for each suite. Verified: the middle of five runs over the file, in one thread. PostgreSQL on the same machine: ${Object.entries(
      settings,
    )
      .map(([name, value]) => `${name} ${value}`)
      .join(
        ', ',
      )}. Node ${process.version}, ${availableParallelism()} cores (${cpus()[0]?.model ?? ''}), load ${fixed(loadavg()[0], 1)} at the end.`,
    '',
  ].join('\n');
}
