import type { SoakResult } from './soak';
import { isSound, renderSoak } from './soak-report';

const LATENCY = { route: 'GET /v1/receipts', requests: 600, p50Ms: 4, p95Ms: 9, p99Ms: 20.04, longestMs: 40 };
const STALLS = { longestMs: 5, p99Ms: 1, p999Ms: 2, ticks: 1000 };
const RESULT: SoakResult = {
  lastedMinutes: 2,
  minutes: [
    {
      minute: 0,
      read: 70,
      leastWaiting: 5,
      memory: { api: 120, worker: 800, egress: 90, sandbox: 80, postgres: undefined },
      latency: { minute: 0, all: LATENCY, routes: [LATENCY] },
    },
    { minute: 1, read: 80, leastWaiting: undefined, memory: {}, latency: undefined },
  ],
  routes: [LATENCY],
  errors: {},
  loggedErrors: { api: 0, worker: 0 },
  tally: { accepted: 160, read: 160, failed: 0, lost: [], unasked: 0 },
  heldBack: 0,
  clientStalls: { monitor: STALLS, timer: STALLS, core: STALLS, worst: [], tooLong: { byClock: 0, byCore: 0 }, longestGcMs: 0 },
};

describe('renderSoak', () => {
  const lines = renderSoak(RESULT).split('\n');

  it('tells each minute, and what was not measured by a dash', () => {
    expect(lines).toContain('| 1 | 70 | 5 | 4.0 | 9.0 | 20.0 | 40.0 | 120 | 800 | 90 | 80 | – |');
    expect(lines).toContain('| 2 | 80 | – | – | – | – | – | – | – | – | – | – |');
    expect(lines).toContain('| 1 | GET /v1/receipts | 600 | 4.0 | 9.0 | 20.0 | 40.0 |');
  });

  it('sums up', () => {
    expect(lines).toContain('- 2.0 minutes, 75.0 receipts read a minute');
    expect(lines).toContain('- errors answered: none; logged as error: none');
    expect(lines.join()).not.toContain('NOT SOUND');
  });
});

describe('isSound', () => {
  it('forgives no lost receipt, no failed one, no error', () => {
    expect(isSound(RESULT)).toBe(true);
    expect(isSound({ ...RESULT, tally: { ...RESULT.tally, lost: ['a'] } })).toBe(false);
    expect(isSound({ ...RESULT, tally: { ...RESULT.tally, failed: 1 } })).toBe(false);
    expect(isSound({ ...RESULT, errors: { 'GET /v1/receipts: 503': 1 } })).toBe(false);
    expect(isSound({ ...RESULT, loggedErrors: { worker: 1 } })).toBe(false);
  });
});
