import { hashSecret, isWellFormedSecret, newApiKeySecret } from './api-key-secret';

const HASH_KEY = 'h'.repeat(32);

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
    expect(hashSecret(secret, HASH_KEY)).toEqual(hashSecret(secret, HASH_KEY));
    expect(hashSecret(secret, HASH_KEY)).not.toEqual(hashSecret(secret, 'i'.repeat(32)));
    expect(hashSecret(secret, HASH_KEY)).toHaveLength(32);
  });
});
