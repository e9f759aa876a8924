import { fingerprint } from './fingerprint';

describe('fingerprint', () => {
  const result = { lines: [{ text: '票据', confidence: 0.5 }], timings: { totalMs: 3 } };

  it('does not depend on timings', () => {
    expect(fingerprint({ ...result, timings: { totalMs: 4 } })).toBe(fingerprint(result));
  });

  it('depends on everything else, to the last bit', () => {
    const lines = [{ text: '票据', confidence: 0.5 + Number.EPSILON }];
    const other = { ...result, lines };
    expect(fingerprint(other)).not.toBe(fingerprint(result));
  });
});
