import { renderEndurance, stretchHead, stretchRow, type EnduranceResult } from './endurance-report';

const STALLS = { longestMs: 12.34, p99Ms: 0.5, p999Ms: 3, ticks: 1000 };
const RESULT: EnduranceResult = {
  subject: 'engine',
  pack: 'pack',
  workers: 2,
  pagesInHand: 4,
  pages: 500,
  files: 40,
  coldStartMs: 1234.5,
  pagesPerSecond: 1.5,
  coreSecondsPerPage: 1.25,
  peakRssMiB: 800,
  growth: { mibPer100Pages: 1.5, verdict: 'flat' },
  stalls: {
    monitor: STALLS,
    timer: STALLS,
    core: STALLS,
    worst: [{ ms: 12.3, coreMs: 1 }],
    tooLong: { byClock: 3, byCore: 1 },
    longestGcMs: 2,
  },
  heldBy: { 'handing over': { ms: 3.21, coreMs: 2 } },
  different: [],
};

describe('the table of stretches', () => {
  it('has as many cells in a row as in its head', () => {
    const row = stretchRow({
      pages: 50,
      pagesPerSecond: 1.5,
      coreSecondsPerPage: 1.25,
      rssMiB: 700,
      mibPer100Pages: undefined,
      longestStallMs: 4,
    });
    expect(row).toBe('| 50 | 1.50 | 1.250 | 700 | – | 4.0 |');
    const [head = ''] = stretchHead().split('\n');
    expect(row.split('|')).toHaveLength(head.split('|').length);
  });
});

describe('renderEndurance', () => {
  it('states stalls, memory with its rule, and determinism', () => {
    const report = renderEndurance(RESULT);
    expect(report).toContain('| monitorEventLoopDelay at 1 ms, less that 1 ms | 12.3 | 3.0 | 0.5 | 1000 |');
    expect(report).toContain('memory: flat, 1.5 MiB per 100 pages (flat: ');
    expect(report).toContain('stalls longer than 15 ms: 3; in 1 the thread itself worked for so long');
    expect(report).toContain('12.3 ms (1.0)');
    expect(report).toContain('handing over 3.2 ms (2.0), collecting garbage 2.0 ms');
    expect(report).toContain('determinism: all 500 results');
  });

  it('names the files that were read otherwise', () => {
    expect(renderEndurance({ ...RESULT, different: ['a.jpg'] })).toContain('NOT DETERMINISTIC: other results than alone for a.jpg');
  });
});
