import { renderThroughput } from './comparison-report';
import { chunksOf, compareThroughput, type ThroughputRun } from './throughput';

function run(name: string, pagesInHand: number, seconds: number[], cpuTimes: number): ThroughputRun {
  const chunks = seconds.map((value) => ({ seconds: value, cpuSeconds: value * cpuTimes, pages: 8 }));
  return { name, pagesInHand, peakRssMiB: 900, chunks };
}

const OWN = run('own', 4, [4, 4, 8], 2);
const PEER = run('peer', 1, [8, 12, 12], 1);

describe('chunksOf', () => {
  it('keeps the order and loses none', () => {
    expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(chunksOf([], 2)).toEqual([]);
  });
});

describe('compareThroughput', () => {
  it('sums up each engine, and sets the peers against the first', () => {
    const { engines, ratios } = compareThroughput([OWN, PEER]);
    expect(engines[0]).toMatchObject({ pages: 24, pagesPerSecond: 1.5, coreSecondsPerPage: 32 / 24 });
    expect(engines[1]).toMatchObject({ pages: 24, pagesPerSecond: 0.75, pagesInHand: 1 });
    expect(ratios).toEqual([{ name: 'peer', medianTime: 2, meanTime: 2, medianCoreTime: 1, meanCoreTime: 1 }]);
  });

  it('refuses chunks that are not the same', () => {
    expect(() => compareThroughput([OWN, run('peer', 1, [8], 1)])).toThrow('peer did not read chunk 2 as own did');
  });
});

describe('renderThroughput', () => {
  it('says how many pages each had in hand', () => {
    const lines = renderThroughput(compareThroughput([OWN, PEER])).split('\n');
    expect(lines).toContain('| own | 4 | 24 | 1.50 | 1.33 | 900 |');
    expect(lines).toContain('| peer | 2.00 | 2.00 | 1.00 | 1.00 |');
  });
});
