import { renderLedger } from './ledger-report';

const RESULT = {
  ...{ bills: 100, tenants: [60, 40], sizes: [{ table: 'bill', total: '2 MB', heap: '1 MB' }], howTaken: ['alone'] },
  writes: { perSecond: 250.4, writers: 8, noted: 2_504 },
};
const search = (name: string, ms: number[]) => ({ name, ms, coreMs: ms, found: ms.length });

describe('the report of the ledger', () => {
  it('tells the quantiles of each kind of search, whatever the order of their times, and of all', () => {
    const text = renderLedger({ ...RESULT, searches: [search('payee', [9, 1, 5]), search('state', [2])] });
    expect(text).toContain('| payee | 3 | 3 | 5.0 | 9.0 | 9.0 | 5.0 | 9.0 |');
    expect(text).toContain('| **all** | 4 | 4 | 2.0 | 9.0 | 9.0 | 2.0 | 9.0 |');
    expect(text).toContain('250 verifications noted a second');
  });

  it.each([
    [100, 'met'],
    [100.1, 'NOT met'],
  ])('says of a p95 of %d ms that the goal is %s', (ms, word) => {
    expect(renderLedger({ ...RESULT, searches: [search('payee', [ms])] })).toContain(`100 ms: ${word}`);
  });
});
