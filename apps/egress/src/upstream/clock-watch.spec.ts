import { ClockWatch } from './clock-watch';

const SENT = Date.parse('2026-05-20T02:15:30.400Z');
const ANSWERED = SENT + 900;

it('tells once when the clocks come apart, and once when they agree again', () => {
  const told: unknown[] = [];
  const watch = new ClockWatch((provider, skew) => told.push([provider, skew]));
  const observe = (header: string | undefined) => watch.observe('jumdata', header, SENT, ANSWERED);
  const date = (shiftMs: number) => new Date(SENT + shiftMs).toUTCString();
  for (const header of [undefined, '', 'yesterday', date(0), date(29_000), date(-29_000)]) observe(header);
  expect(told).toEqual([]);
  observe(date(-120_000));
  observe(date(-121_000));
  expect(told).toEqual([['jumdata', { isSkewed: true, skewMs: -119_400 }]]);
  watch.observe('netocr', date(120_000), SENT, ANSWERED);
  observe(date(0));
  expect(told.slice(1)).toEqual([
    ['netocr', { isSkewed: true, skewMs: expect.any(Number) as number }],
    ['jumdata', { isSkewed: false, skewMs: 0 }],
  ]);
});
