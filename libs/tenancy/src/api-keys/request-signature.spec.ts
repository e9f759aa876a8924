import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { emptyContentHash, parseSignedAuthorization, signedAuthorization, signatureOf, type SignedCall } from './request-signature';

const SECRET = 'piaoyan_00000000000000000000000000000000wjyrI2';
const KEY_ID = '019ab1c2-8001-7b02-8c03-9d0405060708';
const BODY = '{"receiptId":"019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b"}';
const CALL: SignedCall = {
  scheme: 'PIAOYAN-HMAC-SHA256',
  method: 'POST',
  target: '/v1/verifications?dry=1',
  contentHash: createHash('sha256').update(BODY).digest('hex'),
  timestamp: 1_784_000_000,
  nonce: '4fT0uUq2xWc8kZ1m',
};
const SM_CALL: SignedCall = { ...CALL, scheme: 'PIAOYAN-HMAC-SM3', contentHash: createHash('sm3').update(BODY).digest('hex') };

describe.each([
  ['sha256', CALL],
  ['sm3', SM_CALL],
] as const)('the authorization of a request signed by %s', (algorithm, call) => {
  it('is what the operator’s page shows: whoever follows it gets the same', () => {
    const page = readFileSync(join(__dirname, '../../../../docs/operations/api-keys.md'), 'utf8');
    const { scheme, contentHash, nonce, method, target, timestamp } = call;
    expect(page).toContain([scheme, method, target, contentHash, timestamp, nonce].join('\n'));
    expect(page).toContain(signatureOf(SECRET, call).toString('hex'));
    expect(page).toContain(SECRET);
    expect(page).toContain(emptyContentHash(scheme));
    expect(emptyContentHash(scheme)).toBe(createHash(algorithm).digest('hex'));
  });

  it('is read as it was written', () => {
    const { scheme, contentHash, nonce, timestamp } = call;
    const header = signedAuthorization(SECRET, KEY_ID, call);
    const signature = signatureOf(SECRET, call).toString('hex');
    expect(parseSignedAuthorization(header)).toEqual({ scheme, keyId: KEY_ID, contentHash, nonce, timestamp, signature });
    expect(parseSignedAuthorization(header.replaceAll(', ', ','))).not.toBeNull();
  });
});

describe('the authorization of a signed request', () => {
  const header = signedAuthorization(SECRET, KEY_ID, CALL);

  it('depends on every part', () => {
    const changes = [
      { method: 'PUT' },
      { target: '/v1/verifications' },
      { contentHash: emptyContentHash(CALL.scheme) },
      { scheme: SM_CALL.scheme },
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
