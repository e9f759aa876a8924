import { EnduranceRecord, type ProcessGauges } from './endurance-record';

function recordOf(rssOf: (page: number) => number) {
  let ms = 1000;
  let page = 0;
  const gauges: ProcessGauges = {
    nowMs: () => ms,
    coreMs: () => ms * 2,
    rssMiB: () => rssOf(page),
    takeLongestStallMs: () => 3,
  };
  const record = new EnduranceRecord(gauges, 50);
  const read = (count: number, pageMs: number) => {
    for (let left = count; left > 0; left--) {
      ms += pageMs;
      page++;
      record.pageDone();
    }
  };
  return { record, read };
}

describe('EnduranceRecord', () => {
  it('sums up each stretch by itself, and all of them', () => {
    const { record, read } = recordOf(() => 500);
    read(50, 500);
    read(50, 1000);
    read(20, 500);
    expect(record.stretches).toEqual([
      { pages: 50, pagesPerSecond: 2, coreSecondsPerPage: 1, rssMiB: 500, mibPer100Pages: undefined, longestStallMs: 3 },
      { pages: 100, pagesPerSecond: 1, coreSecondsPerPage: 2, rssMiB: 500, mibPer100Pages: 0, longestStallMs: 3 },
    ]);
    expect(record.overall()).toMatchObject({ pages: 120, pagesPerSecond: 120 / 85 });
  });

  it('follows memory from page fifty on', () => {
    const { record, read } = recordOf((page) => (page < 50 ? 0 : 500 + page / 10));
    read(200, 500);
    expect(record.stretches.at(-1)?.mibPer100Pages).toBeCloseTo(10);
    expect(record.growth().verdict).toBe('growing');
  });
});
