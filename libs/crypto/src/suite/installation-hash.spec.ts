import { createHmac } from 'node:crypto';
import { hashSuiteOf, installationHash } from './installation-hash';

const BARE = 'k'.repeat(64);

describe('the keyed hash of an installation', () => {
  it.each([
    [BARE, 'standard', 'sha256'],
    [`sm3:${BARE}`, 'sm', 'sm3'],
  ] as const)('of the key %s is that of suite %s, under the key as it is written', (key, suite, algorithm) => {
    expect(hashSuiteOf(key)).toBe(suite);
    expect(installationHash(key, '票验')).toEqual(createHmac(algorithm, key).update('票验').digest());
  });

  it('takes the mark only where a key begins with it', () => {
    for (const key of [`${BARE}sm3:`, `SM3:${BARE}`, ` sm3:${BARE}`]) expect(hashSuiteOf(key)).toBe('standard');
  });
});
