import {
  nextShanghaiDay,
  nextShanghaiMonth,
  shanghaiDay,
  shanghaiMinute,
  shanghaiSecond,
  startOfShanghaiDay,
  yearBefore,
} from './shanghai-time';

describe('time in Shanghai', () => {
  it('begins its day eight hours before UTC does, in summer and in winter', () => {
    expect(shanghaiDay(new Date('2026-04-09T15:59:59.999Z'))).toBe('2026-04-09');
    expect(shanghaiDay(new Date('2026-04-09T16:00:00Z'))).toBe('2026-04-10');
    expect(shanghaiDay(new Date('2026-12-31T16:00:00Z'))).toBe('2027-01-01');
  });

  it('is written to the minute and to the second', () => {
    const at = new Date('2026-11-26T16:00:59.900Z');
    expect([shanghaiMinute(at), shanghaiSecond(at)]).toEqual(['2026-11-27 00:00', '2026-11-27 00:00:59']);
  });

  it('knows when a day, the next and the next month begin', () => {
    const instants = (day: string) => [startOfShanghaiDay(day), nextShanghaiDay(day), nextShanghaiMonth(day)].map((at) => at.toISOString());
    expect(instants('2026-12-31')).toEqual(['2026-12-30T16:00:00.000Z', '2026-12-31T16:00:00.000Z', '2026-12-31T16:00:00.000Z']);
    expect(instants('2028-02-28')).toEqual(['2028-02-27T16:00:00.000Z', '2028-02-28T16:00:00.000Z', '2028-02-29T16:00:00.000Z']);
  });

  it('compares with the day a year before, 29 February included', () => {
    expect(yearBefore('2028-02-29') > '2027-02-28').toBe(true);
    expect(yearBefore('2028-02-29') < '2027-03-01').toBe(true);
    expect(yearBefore('2026-11-26')).toBe('2025-11-26');
  });
});
