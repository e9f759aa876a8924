import type { PolicyDryRun } from '@app/contracts';
import { dryRunTable } from './dry-run-table';

const RUN: PolicyDryRun = {
  rulesVersion: 1,
  policyVersion: 3,
  requests: 40,
  isCut: false,
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-26T00:00:00.000Z',
  asRecorded: 39,
  changes: [
    {
      before: { kind: 'called', provider: 'netocr', refusal: null },
      after: { kind: 'refused', provider: null, refusal: 'tenant-quota' },
      count: 12,
      ids: ['019ab1c2-0000-7000-8000-000000000001', '019ab1c2-0000-7000-8000-000000000002'],
    },
  ],
  calls: { before: 30, after: 18 },
  costYuan: { before: '15.00', after: '9.00' },
  settlements: { count: 2, secondPerson: { before: 0, after: 1 } },
};
const rowsOf = (run: PolicyDryRun): string[] =>
  dryRunTable(run)
    .split('\n')
    .map((line) => line.replace(/[│\s]+/g, ' ').trim());

describe('a dry run at the command line', () => {
  it('says what it looked at, how far it can be trusted, and what would have been otherwise, with its requests', () => {
    const rows = rowsOf(RUN);
    expect(rows[0]).toContain('requests 40 · 2026-11-01T00:00:00.000Z - 2026-11-26T00:00:00.000Z');
    expect(rows[1]).toContain('39 / 40 · 规则版本 rules 3');
    expect(rows).toContain('调用 called 不予查验 refused 12 019ab1c2-0000-7000-8000-000000000001');
    expect(rows).toContain('netocr tenant-quota 019ab1c2-0000-7000-8000-000000000002');
    expect(rows.find((row) => row.includes('may be charged'))).toMatch(/ 30 18$/);
    expect(rows.find((row) => row.includes('元'))).toMatch(/ 15\.00 9\.00$/);
    expect(rows.find((row) => row.includes('of 2 settled by hand'))).toMatch(/ 0 1$/);
  });

  it('says that it looked at a part, at nothing, that nothing changes, and nothing of a limit that it does not know', () => {
    expect(rowsOf({ ...RUN, isCut: true })[0]).toContain('the newest only');
    expect(rowsOf(RUN)[0]).not.toContain('the newest only');
    const empty = rowsOf({ ...RUN, requests: 0, asRecorded: 0, from: null, to: null, changes: [], settlements: null }).join('\n');
    expect(empty).toContain('none in 30 days');
    expect(empty).toContain('no request would have been decided otherwise');
    expect(empty).not.toContain('settled by hand');
  });
});
