import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SUITES } from '../suite/suites';
import { readSm2Signature } from './sm2-signature';

const MESSAGE = Buffer.from('第 1024 段审计');
const N = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';

describe.each([SUITES.standard, SUITES.sm])('signatures of the suite $name', ({ signing }) => {
  it('are verified with the key that belongs to them, for the text that was signed', async () => {
    const [keys, others] = [await signing.generateKeyPair(), await signing.generateKeyPair()];
    const signature = await signing.sign(keys, MESSAGE);
    expect(signing.verify(keys.publicKey, MESSAGE, signature)).toBe(true);
    expect(signing.verify(others.publicKey, MESSAGE, signature)).toBe(false);
    expect(signing.verify(keys.publicKey, Buffer.concat([MESSAGE, Buffer.of(0)]), signature)).toBe(false);
    for (let at = 0; at < signature.length; at++) {
      const altered = Buffer.from(signature);
      altered[at] = altered[at]! ^ 0x01;
      expect(signing.verify(keys.publicKey, MESSAGE, altered)).toBe(false);
    }
  });

  it('are false, and no error, for what is no signature or no key', async () => {
    const keys = await signing.generateKeyPair();
    const signature = await signing.sign(keys, MESSAGE);
    for (const bytes of [Buffer.alloc(0), signature.subarray(0, -1), Buffer.concat([signature, Buffer.of(0)]), Buffer.alloc(64, 255)]) {
      expect(signing.verify(keys.publicKey, MESSAGE, bytes)).toBe(false);
    }
    for (const key of [Buffer.alloc(0), Buffer.alloc(keys.publicKey.length, 4), keys.publicKey.subarray(1)]) {
      expect(signing.verify(key, MESSAGE, signature)).toBe(false);
    }
  });
});

describe('readSm2Signature', () => {
  const der = (r: string, s: string): Buffer => {
    const integer = (hex: string) => Buffer.from(`02${(hex.length / 2).toString(16).padStart(2, '0')}${hex}`, 'hex');
    const body = Buffer.concat([integer(r), integer(s)]);
    return Buffer.concat([Buffer.of(0x30, body.length), body]);
  };

  it('takes two positive numbers below the order', () => {
    expect(readSm2Signature(der('01', '7f'))).toBe('1'.padStart(64, '0') + '7f'.padStart(64, '0'));
    expect(readSm2Signature(der(`00${N.slice(0, -1)}2`, '0080'))).toBe(N.slice(0, -1) + '2' + '80'.padStart(64, '0'));
  });

  it.each([
    ['zero', der('00', '01')],
    ['the order', der(`00${N}`, '01')],
    ['a negative number', der('80', '01')],
    ['a padded number', der('0001', '01')],
    ['an empty number', der('', '01')],
    ['a length beyond the end', Buffer.from('300602010102ff01', 'hex')],
    ['more behind it', Buffer.concat([der('01', '01'), Buffer.of(0)])],
    ['more inside it', Buffer.from('300702010102010100', 'hex')],
    ['a number that is too long', der('01'.repeat(40), '01')],
    ['another type', Buffer.from('300604010102010', 'hex')],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s', (_what, bytes) => expect(readSm2Signature(bytes)).toBeNull());
});

describe('libs/crypto', () => {
  // With an SM2 key, sign and verify of Node make ECDSA, or SM2 with an empty ID; which one depends on where the key came from.
  it('never signs or verifies with node:crypto but in Ed25519', () => {
    const root = join(__dirname, '..');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => /\.ts$/.test(file) && !/\.spec\.ts$/.test(file),
    );
    expect(sources.length).toBeGreaterThan(15);
    const importing = (wanted: RegExp): string[] =>
      sources.filter((file) => {
        const imports = readFileSync(join(root, file), 'utf8').matchAll(/import (?:type )?(.*) from 'node:crypto'/gs);
        return [...imports].some(([, names = '']) => wanted.test(names));
      });
    expect(importing(/\b(sign|verify|createSign|createVerify|crypto|subtle|webcrypto)\b|\*/)).toEqual(['signing/ed25519.ts']);
    // Who only agrees on a secret needs pairs of keys, too.
    expect(importing(/\b(createPrivateKey|createPublicKey|generateKeyPair(Sync)?)\b/)).toEqual([
      'signing/ed25519.ts',
      'transport/x25519.ts',
    ]);
  });
});
