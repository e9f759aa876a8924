import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashArgon2, isOutdated, verifyArgon2 } from './argon2-phc';
import { isCommonPassword } from './common-passwords';
import { KnownPasswords } from './known-passwords';
import { newOneTimePassword } from './one-time-password';
import { PasswordHashing } from './password-hashing';
import { PasswordList } from './password-list';
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
  const person = { login: 'Zhang.San', displayName: '张三丰', tenantName: '江南 Riverbank', minLength: 10 };

  it.each([
    ['Kx7-tulip', ['tooShort']],
    ['kx7mtulipe', ['tooSimple']],
    ['Kx7-tulipe', []],
    ['four plain words that nobody says', []],
    ['xZHANG.SAN-77', ['containsName']],
    ['张三丰Tulip-77', ['containsName']],
    ['Zhang_San+Kx7q', ['containsName']],
    ['Kx7-江南riverbank', ['containsName']],
    ['我爱票验Kx-7', ['tooShort', 'containsName']],
    ['P@ssw0rd2026!', ['common']],
    ['Admin@123456', ['common']],
    ['1qaz2wsx!QAZ', ['common']],
    ['Aa1!Aa1!Aa1!', ['common']],
    ['Woaini1314!!', ['common']],
    ['PiaoyanAdmin#1', ['containsName', 'common']],
    [`A1-${'x'.repeat(126)}`, ['tooLong']],
  ])('say of %j: %j', (password, faults) => {
    expect(passwordFaults(password, person)).toEqual(faults);
  });

  it('count characters, not bytes', () => {
    expect(passwordFaults('汉字汉字汉字汉字A1', { ...person, minLength: 11 })).toContain('tooShort');
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

describe('a password that others are known to use', () => {
  it.each(['Password2024!', 'P@ssw0rd', 'DRAGON', '!!Liverpool1892', 'M0nkey.77', 'qwerty123456', '2026Letmein#', 'St@rwars77'])(
    'is refused: %s',
    async (password) => {
      expect(await new KnownPasswords().holds(password)).toBe(true);
    },
  );

  it.each(['Kx7-tulip-garden', 'Zw9+river-lantern', 'four plain words that nobody says', '汉字汉字汉字汉字A1', '8#kQz!2vRt'])(
    'is not one that only holds listed words: %s',
    async (password) => {
      expect(await new KnownPasswords().holds(password)).toBe(false);
    },
  );
});

describe('a list of the installation', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'piaoyan-passwords-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (content: string | Buffer): Promise<string> => {
    const path = join(folder, 'list.txt');
    await writeFile(path, content);
    return path;
  };
  const hex = (digest: 'sha1' | 'sha256', text: string): string => createHash(digest).update(text).digest('hex');

  it('is of words, digests with their counts, and beginnings of digests', async () => {
    const lines = [
      '# the bank’s own',
      'Mymbank\r',
      '',
      `${hex('sha1', 'Heron-Quay-81').toUpperCase()}:37`,
      hex('sha256', 'Otter&Pine#52'),
      `sha1:${hex('sha1', 'Copper.Bell.9').slice(0, 16)}`,
      `sha256:${hex('sha256', 'Velvet,Moss,3').slice(0, 20)}`,
    ];
    const list = await PasswordList.read(await written(lines.join('\n')));
    expect(list.size).toBe(5);
    const listed = ['Mymbank2026!', 'MYMB@NK', 'Heron-Quay-81', 'Otter&Pine#52', 'Copper.Bell.9', 'Velvet,Moss,3'];
    expect(listed.filter((password) => !list.has(password))).toEqual([]);
    const others = ['Heron-Quay-82', 'Otter&Pine#53', 'Copper.Bell.8', 'Velvet,Moss,4', 'the bank’s own', ''];
    expect(others.filter((password) => list.has(password))).toEqual([]);
    expect(await new KnownPasswords(list).holds('Heron-Quay-81')).toBe(true);
  });

  it('finds each of very many', async () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `word-${index * 7919}-x`);
    const list = await PasswordList.read(await written(words.join('\n')));
    expect([list.size, words.filter((word) => !list.has(word)).length, list.has('word-1-x')]).toEqual([5_000, 0, false]);
  });

  it('that cannot be used is an error which shows nothing of it', async () => {
    await expect(PasswordList.read(join(folder, 'nowhere'))).rejects.toThrow('PIAOYAN_PASSWORD_LIST: cannot be read (ENOENT)');
    await expect(PasswordList.read(await written('# nothing\n'))).rejects.toThrow('PIAOYAN_PASSWORD_LIST: is empty');
    await expect(PasswordList.read(await written('one\ntwo\nthree'), 2)).rejects.toThrow('holds more than 2 entries (line 3)');
    await expect(PasswordList.read(await written(`first\n${'x'.repeat(200_000)}`))).rejects.toThrow(
      'more than 512 characters (near line 1)',
    );
  });
});
