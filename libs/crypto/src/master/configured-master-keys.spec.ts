import { randomBytes } from 'node:crypto';
import { UnsealError } from '../sealing/unseal.error';
import { SUITES } from '../suite/suites';
import { ConfiguredMasterKeys } from './configured-master-keys';
import { isMasterKeyList } from './master-key-list';

const [OLD, NEW] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const PLACE = Buffer.from('tenant/class/1');

describe('ConfiguredMasterKeys', () => {
  it.each([SUITES.standard, SUITES.sm])('unwraps in suite $name what it wrapped, in its place only', async (suite) => {
    const key = randomBytes(32);
    const masterKeys = new ConfiguredMasterKeys(OLD);
    const wrapped = await masterKeys.wrap(suite, PLACE, key);
    expect(wrapped.bytes[0]).toBe(suite.id);
    expect(await masterKeys.unwrap(PLACE, wrapped)).toEqual(key);
    await expect(masterKeys.unwrap(Buffer.from('tenant/class/2'), wrapped)).rejects.toThrow(UnsealError);
    await expect(masterKeys.unwrap(PLACE, { ...wrapped, bytes: Buffer.alloc(0) })).rejects.toThrow(UnsealError);
  });

  it('wraps with the first key and unwraps with all', async () => {
    const [old, both] = [new ConfiguredMasterKeys(OLD), new ConfiguredMasterKeys(`${NEW}\n${OLD}\n`)];
    const wrapped = await old.wrap(SUITES.standard, PLACE, randomBytes(32));
    await both.unwrap(PLACE, wrapped);
    const anew = await both.wrap(SUITES.standard, PLACE, randomBytes(32));
    expect(anew.masterKey).toBe(both.fingerprints[0]);
    await expect(old.unwrap(PLACE, anew)).rejects.toMatchObject({ reason: 'unknownKey' });
  });

  it('names keys by fingerprints that tell nothing of them and stay the same', () => {
    const { fingerprints } = new ConfiguredMasterKeys(`${NEW} ${OLD}`);
    expect(fingerprints).toEqual(['1246cf0039981329', 'e3985dde2b70a683']);
  });

  it('does not tell a wrong text in its complaint', () => {
    expect(() => new ConfiguredMasterKeys('hunter2')).toThrow(/^not a list of master keys of 64 hexadecimal digits$/);
  });
});

describe('isMasterKeyList', () => {
  it.each([OLD, `${NEW}\n${OLD}\n`])('takes %j', (text) => expect(isMasterKeyList(text)).toBe(true));
  it.each(['', 'short', `${OLD}${OLD}`, `${OLD} ${OLD}`, OLD.toUpperCase()])('refuses %j', (text) =>
    expect(isMasterKeyList(text)).toBe(false),
  );
});
