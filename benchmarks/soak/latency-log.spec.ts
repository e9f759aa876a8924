import { LatencyLog } from './latency-log';

describe('LatencyLog', () => {
  const log = new LatencyLog();
  for (let ms = 1; ms <= 100; ms++) log.add({ route: 'GET a', minute: ms <= 50 ? 0 : 1, ms });
  log.add({ route: 'GET b', minute: 1, ms: 7 });
  log.add({ route: 'worker: GET c', minute: 1, ms: 900 });
  log.addError('GET b: 503');
  log.addError('GET b: 503');

  it('sums up each route', () => {
    expect(log.overall()).toEqual([
      { route: 'GET a', requests: 100, p50Ms: 50, p95Ms: 95, p99Ms: 99, longestMs: 100 },
      { route: 'GET b', requests: 1, p50Ms: 7, p95Ms: 7, p99Ms: 7, longestMs: 7 },
      { route: 'worker: GET c', requests: 1, p50Ms: 900, p95Ms: 900, p99Ms: 900, longestMs: 900 },
    ]);
  });

  it('sums up each minute, and all routes of the api', () => {
    const [first, second] = log.minutes();
    expect(first).toMatchObject({ minute: 0, all: { requests: 50, longestMs: 50 }, routes: [{ route: 'GET a', p50Ms: 25 }] });
    expect(second).toMatchObject({ minute: 1, all: { requests: 51, longestMs: 100 } });
    expect(second?.routes.map(({ route }) => route)).toEqual(['GET a', 'GET b', 'worker: GET c']);
  });

  it('counts errors by what was answered', () => {
    expect(log.errors).toEqual({ 'GET b: 503': 2 });
  });
});
