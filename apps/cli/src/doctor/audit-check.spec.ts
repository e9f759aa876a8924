import { auditCheck, judgeAnchors, judgeLag } from './audit-check';

describe('the audit, as doctor sees it', () => {
  it('is fine when entries are sealed soon, and a warning when the oldest waits beyond the bound', () => {
    expect(judgeLag({ entries: 0, oldestSeconds: null })).toMatchObject({ state: 'ok' });
    expect(judgeLag({ entries: 3, oldestSeconds: 60 })).toMatchObject({ state: 'ok' });
    expect(judgeLag({ entries: 10_000, oldestSeconds: 61 })).toMatchObject({
      state: 'warn',
      detail: expect.stringContaining('at least 10000') as string,
    });
  });

  it('is a warning without anchors, with a place that does not take them, and with old ones', () => {
    const taken = { sink: 'syslog', writtenAt: new Date(0), ageSeconds: 3_600, failingSince: null, failure: null };
    expect(judgeAnchors([taken])).toMatchObject({ state: 'ok' });
    for (const states of [
      [],
      [taken, { ...taken, failure: 'unreachable' }],
      [{ ...taken, ageSeconds: 200_000 }],
      [{ ...taken, ageSeconds: null }],
    ])
      expect(judgeAnchors(states)).toMatchObject({ state: 'warn' });
  });

  it('is skipped without a database', async () => {
    expect(await auditCheck(undefined).run()).toMatchObject({ state: 'skip' });
    expect(await auditCheck('postgresql://u:p@127.0.0.1:1/x').run()).toMatchObject({ state: 'skip' });
  });
});
