import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EMPTY_SHA256, parseSignedAuthorization, signedAuthorization, signatureOf } from './request-signature';

const SECRET = 'piaoyan_00000000000000000000000000000000wjyrI2';
const KEY_ID = '019ab1c2-8001-7b02-8c03-9d0405060708';
const CALL = {
  method: 'POST',
  target: '/v1/verifications?dry=1',
  contentSha256: createHash('sha256').update('{"receiptId":"019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b"}').digest('hex'),
  timestamp: 1_784_000_000,
  nonce: '4fT0uUq2xWc8kZ1m',
};

describe('the authorization of a signed request', () => {
  const header = signedAuthorization(SECRET, KEY_ID, CALL);

  it('is what the operator’s page shows: whoever follows it gets the same', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/operations/api-keys.md'), 'utf8');
    const { contentSha256, nonce, method, target, timestamp } = CALL;
    expect(page).toContain(['PIAOYAN-HMAC-SHA256', method, target, contentSha256, timestamp, nonce].join('\n'));
    expect(page).toContain(signatureOf(SECRET, CALL).toString('hex'));
    expect(page).toContain(SECRET);
    expect(page).toContain(EMPTY_SHA256);
    expect(createHash('sha256').digest('hex')).toBe(EMPTY_SHA256);
  });

  it('is read as it was written', () => {
    const { contentSha256, nonce, timestamp } = CALL;
    const signature = signatureOf(SECRET, CALL).toString('hex');
    expect(parseSignedAuthorization(header)).toEqual({ keyId: KEY_ID, contentSha256, nonce, timestamp, signature });
    expect(parseSignedAuthorization(header.replaceAll(', ', ','))).not.toBeNull();
  });

  it('depends on every part', () => {
    const changes = [
      { method: 'PUT' },
      { target: '/v1/verifications' },
      { contentSha256: EMPTY_SHA256 },
      { timestamp: 1 },
      { nonce: 'x'.repeat(16) },
    ];
    const all = [CALL, ...changes.map((change) => ({ ...CALL, ...change }))].map((call) => signatureOf(SECRET, call).toString('hex'));
    expect(new Set([...all, signatureOf(`${SECRET}x`, CALL).toString('hex')]).size).toBe(changes.length + 2);
  });

  it('has one form: any other text is none', () => {
    const cut = fc.nat(header.length - 1).map((length) => header.slice(0, length));
    const inserted = fc
      .tuple(fc.nat(header.length), fc.constantFrom(...' ,=;\t"G'.split('')))
      .map(([at, by]) => header.slice(0, at) + by + header.slice(at));
    const noise = fc.string({ maxLength: 400 });
    fc.assert(
      // A space after a comma may be left out, and nothing else.
      fc.property(fc.oneof(cut, inserted, noise), (text) => parseSignedAuthorization(text) === null),
      { numRuns: 500, seed: 11 },
    );
  });
});
