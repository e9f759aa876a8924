import { judgeSuite } from './suite-check';

describe('the check of the algorithms', () => {
  const [standard, sm] = ['k'.repeat(64), `sm3:${'k'.repeat(64)}`];

  it.each([
    ['standard', standard, 'ok'],
    ['sm', sm, 'ok'],
    ['sm', standard, 'warn'],
    ['standard', sm, 'warn'],
    ['sm', undefined, 'skip'],
  ] as const)('of the suite %s with the hash key %s finds %s, and tells no key', (suite, key, state) => {
    const found = judgeSuite(suite, key);
    expect(found.state).toBe(state);
    expect(JSON.stringify(found)).not.toContain('kkkk');
    expect(found.advice === undefined).toBe(state !== 'warn');
  });
});
