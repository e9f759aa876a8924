import { RateLimit } from './rate-limit';

it('lets two calls through at once and then two a second', () => {
  const limit = new RateLimit(2, 2);
  expect([limit.take(0), limit.take(0)]).toEqual([0, 0]);
  expect(limit.take(0)).toBe(500);
  expect(limit.take(499)).toBeGreaterThan(0);
  expect(limit.take(500)).toBe(0);
  expect(limit.take(501)).toBeGreaterThan(0);
});

it('never lets more through in any second than the burst and the rate', () => {
  const limit = new RateLimit(5, 3);
  const passed: number[] = [];
  for (let now = 0; now < 10_000; now += 7) if (limit.take(now) === 0) passed.push(now);
  for (const from of passed) expect(passed.filter((at) => at >= from && at < from + 1_000).length).toBeLessThanOrEqual(3 + 5);
  expect(passed.length).toBeGreaterThanOrEqual(50);
  expect(passed.length).toBeLessThanOrEqual(53);
});

it('tells those who wait to come one after another, and nobody to wait more than a minute', () => {
  const limit = new RateLimit(2, 1);
  limit.take(0);
  expect([limit.take(0), limit.take(0), limit.take(0)]).toEqual([500, 1_000, 1_500]);
  for (let caller = 0; caller < 500; caller++) expect(limit.take(0)).toBeLessThanOrEqual(60_000);
  // Promises lapse: once time has passed, a slot is free for whoever comes.
  expect(limit.take(600)).toBe(0);
});

it('takes a slot back with which nothing was sent, and keeps no more than the burst', () => {
  const limit = new RateLimit(2, 1);
  limit.take(0);
  limit.giveBack();
  limit.giveBack();
  expect([limit.take(0) === 0, limit.take(0) === 0]).toEqual([true, false]);
});

it('is not confused by a clock that stands or goes back', () => {
  const limit = new RateLimit(1, 1);
  expect(limit.take(5_000)).toBe(0);
  expect(limit.take(4_000)).toBeGreaterThan(0);
  expect(limit.take(4_000)).toBeGreaterThan(0);
});
