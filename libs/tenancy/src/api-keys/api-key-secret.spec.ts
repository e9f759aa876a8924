import { randomUUID } from 'node:crypto';
import { hashSecret, isWellFormedSecret, newApiKeySecret, signingSecretOf } from './api-key-secret';
import { SecretHash } from './secret-hash';

const HASH = new SecretHash('h'.repeat(32));

describe('an API key', () => {
  it('has its prefix, 32 random letters and a checksum', () => {
    const secrets = Array.from({ length: 200 }, newApiKeySecret);
    for (const secret of secrets) {
      expect(secret).toMatch(/^piaoyan_[0-9A-Za-z]{38}$/);
      expect(isWellFormedSecret(secret)).toBe(true);
    }
    expect(new Set(secrets).size).toBe(200);
  });

  it('has the checksum that anyone can compute: base 62 of the CRC-32, six letters', () => {
    // CRC-32 of 32 zeros is 0xa0f292d0, computed with zlib outside of Node: leak scanners must agree with us for ever.
    expect(isWellFormedSecret(`piaoyan_${'0'.repeat(32)}2wjyrI`)).toBe(true);
  });

  it('is refused when a letter changes, two change places, or one is missing', () => {
    const secret = `piaoyan_0123456789abcdefghijklmnopqrstuv`;
    const whole = newApiKeySecret();
    for (let i = 8; i < whole.length; i += 1) {
      const other = whole[i] === 'a' ? 'b' : 'a';
      expect(isWellFormedSecret(whole.slice(0, i) + other + whole.slice(i + 1))).toBe(false);
    }
    expect(isWellFormedSecret(whole.slice(0, -1))).toBe(false);
    expect(isWellFormedSecret(secret)).toBe(false);
    expect(isWellFormedSecret('')).toBe(false);
    expect(isWellFormedSecret(` ${whole}`)).toBe(false);
  });

  it('is hashed under the key of the installation', () => {
    const secret = newApiKeySecret();
    expect(hashSecret(secret, HASH)).toEqual(hashSecret(secret, HASH));
    expect(hashSecret(secret, HASH)).not.toEqual(hashSecret(secret, new SecretHash('i'.repeat(32))));
    expect(hashSecret(secret, HASH)).toHaveLength(32);
  });

  it('that signs is computed from its row and the installation, and looks like any other', () => {
    const place = { tenantId: randomUUID(), id: randomUUID(), salt: Buffer.alloc(32, 7) };
    const secret = signingSecretOf(place, HASH);
    expect(isWellFormedSecret(secret)).toBe(true);
    expect(signingSecretOf({ ...place }, HASH)).toBe(secret);
    const others = [
      signingSecretOf({ ...place, id: randomUUID() }, HASH),
      signingSecretOf({ ...place, tenantId: randomUUID() }, HASH),
      signingSecretOf({ ...place, salt: Buffer.alloc(32, 8) }, HASH),
      signingSecretOf(place, new SecretHash('i'.repeat(32))),
    ];
    expect(new Set([secret, ...others]).size).toBe(5);
  });
});
