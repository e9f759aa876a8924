import { hashArgon2, isOutdated, verifyArgon2 } from './argon2-phc';
import { isCommonPassword } from './common-passwords';
import { newOneTimePassword } from './one-time-password';
import { PasswordHashing } from './password-hashing';
import { passwordFaults } from './password-policy';

const CHEAP = { memoryKiB: 64, passes: 1, lanes: 1 };
const PEPPER = Buffer.alloc(32, 7);

describe('Argon2id', () => {
  it('knows the password of a PHC string, and no other, nor under another pepper', async () => {
    const phc = await hashArgon2('正确 horse', PEPPER, CHEAP);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyArgon2('正确 horse', PEPPER, phc)).toBe(true);
    expect(await verifyArgon2('正确 horsf', PEPPER, phc)).toBe(false);
    expect(await verifyArgon2('正确 horse', Buffer.alloc(32, 8), phc)).toBe(false);
    expect(await hashArgon2('正确 horse', PEPPER, CHEAP)).not.toBe(phc);
  });

  it('is what RFC 9106 (section 5.3) computes', async () => {
    const { argon2Sync } = await import('node:crypto');
    const rfc = argon2Sync('argon2id', {
      message: Buffer.alloc(32, 1),
      nonce: Buffer.alloc(16, 2),
      secret: Buffer.alloc(8, 3),
      associatedData: Buffer.alloc(12, 4),
      memory: 32,
      passes: 3,
      parallelism: 4,
      tagLength: 32,
    });
    expect(rfc.toString('hex')).toBe('0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659');
  });

  it.each([
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=9999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=64,t=99,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])('takes no password for %j, and does not work for it', async (phc) => {
    expect(await verifyArgon2('x', PEPPER, phc)).toBe(false);
    expect(isOutdated(phc, CHEAP)).toBe(true);
  });

  it('is outdated when any of its costs is lower than now', async () => {
    const phc = await hashArgon2('x', PEPPER, CHEAP);
    expect(isOutdated(phc, CHEAP)).toBe(false);
    for (const raised of [{ memoryKiB: 65 }, { passes: 2 }, { lanes: 2 }]) expect(isOutdated(phc, { ...CHEAP, ...raised })).toBe(true);
  });
});

describe('hashing in turn', () => {
  it('answers no for a password that does not exist, even to the decoy, and gives every waiting one its turn', async () => {
    const hashing = new PasswordHashing('k'.repeat(32), CHEAP);
    const phc = await hashing.hash('right');
    const answers = await Promise.all(Array.from({ length: 40 }, (_, index) => hashing.verify('right', index % 2 === 0 ? phc : null)));
    expect(answers).toEqual(Array.from({ length: 40 }, (_, index) => index % 2 === 0));
  });

  it('sends away whom it could not serve in time, and serves again afterwards', async () => {
    const hashing = new PasswordHashing('k'.repeat(32), CHEAP);
    const phc = await hashing.hash('right');
    const crowd = await Promise.allSettled(Array.from({ length: 100 }, () => hashing.verify('right', phc)));
    const sentAway = crowd.filter((one) => one.status === 'rejected');
    expect(sentAway.length).toBe(100 - 66);
    for (const { reason } of sentAway) expect(reason).toMatchObject({ code: 'unavailable' });
    expect(await hashing.verify('right', phc)).toBe(true);
  });
});

describe('the rules for passwords', () => {
  const person = { login: 'Zhang.San', displayName: '张三丰', minLength: 10 };

  it.each([
    ['Kx7-tulip', ['tooShort']],
    ['kx7mtulipe', ['tooSimple']],
    ['Kx7-tulipe', []],
    ['four plain words that nobody says', []],
    ['xZHANG.SAN-77', ['containsName']],
    ['张三丰Tulip-77', ['containsName']],
    ['P@ssw0rd2026!', ['common']],
    ['Admin@123456', ['common']],
    ['1qaz2wsx!QAZ', ['common']],
    ['Aa1!Aa1!Aa1!', ['common']],
    ['Woaini1314!!', ['common']],
    ['PiaoyanAdmin#1', ['common']],
    [`A1-${'x'.repeat(126)}`, ['tooLong']],
  ])('say of %j: %j', (password, faults) => {
    expect(passwordFaults(password, person)).toEqual(faults);
  });

  it('count characters, not bytes', () => {
    expect(passwordFaults('汉字汉字汉字汉字A1', { login: 'li', displayName: 'li', minLength: 11 })).toContain('tooShort');
  });

  it('look through any password in little time', () => {
    expect(isCommonPassword('admin'.repeat(12))).toBe(true);
    expect(isCommonPassword('a1'.repeat(64))).toBe(true);
  });

  it('are kept by one-time passwords, none of which comes twice', () => {
    const made = Array.from({ length: 200 }, newOneTimePassword);
    expect(new Set(made).size).toBe(200);
    for (const password of made) expect(password).toMatch(/^([a-km-zA-HJ-NP-Z2-9]{5}-){3}[a-km-zA-HJ-NP-Z2-9]{5}$/);
  });
});
