import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { sm2Key } from '@app/samples';
import { verifySm2 } from './verify-sm2';

/** The example of GB/T 32918.5-2017, annex A.2. */
const STANDARD = {
  point:
    '04' +
    '09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020' +
    'ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  r: 'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3',
  s: 'b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
const N = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';
const message = Buffer.from('message digest');
const bytes = (...hex: string[]) => Buffer.from(hex.join(''), 'hex');
const pointOf = (publicKey: Buffer) => publicKey.subarray(-65);

describe('verifySm2', () => {
  it('finds the example of the standard good, with the default name of signers', () => {
    const { point, r, s } = STANDARD;
    expect(verifySm2(message, bytes(point), bytes('3046022100', r, '022100', s))).toBe(true);
    expect(verifySm2(message, bytes(point), bytes(r, s))).toBe(true);
  });

  it.each([
    ['another text', 'message digesu', STANDARD.point, STANDARD.r, STANDARD.s],
    ['another r', 'message digest', STANDARD.point, STANDARD.r.replace('f5', 'f4'), STANDARD.s],
    ['another s', 'message digest', STANDARD.point, STANDARD.r, STANDARD.s.replace('b1', 'b0')],
    ['an s of 0', 'message digest', STANDARD.point, STANDARD.r, '0'.repeat(64)],
    ['an r of 0', 'message digest', STANDARD.point, '0'.repeat(64), STANDARD.s],
    ['an r of n', 'message digest', STANDARD.point, N, STANDARD.s],
    ['a point that is not on the curve', 'message digest', STANDARD.point.replace('ad13', 'ad14'), STANDARD.r, STANDARD.s],
    ['a compressed point', 'message digest', STANDARD.point.replace(/^04/u, '02'), STANDARD.r, STANDARD.s],
  ])('refuses %s', (_, text, point, r, s) => expect(verifySm2(Buffer.from(text), bytes(point), bytes(r, s))).toBe(false));

  it('refuses the example under another name', () => {
    const { point, r, s } = STANDARD;
    expect(verifySm2(message, bytes(point), bytes(r, s), '')).toBe(false);
  });

  it('refuses what is no signature', () => {
    for (const signature of ['', '30', '3000', '3003020100', '30060201000201', 'ff'.repeat(200)]) {
      expect(verifySm2(message, bytes(STANDARD.point), bytes(signature))).toBe(false);
    }
  });

  it('agrees with OpenSSL, which signs with an empty name', () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'SM2' });
    // Only a key read from DER signs by SM2; as it was made, it would sign by ECDSA.
    const key = createPrivateKey({ key: pair.privateKey.export({ format: 'der', type: 'pkcs8' }), format: 'der', type: 'pkcs8' });
    const point = pointOf(pair.publicKey.export({ format: 'der', type: 'spki' }));
    const signature = sign('sm3', message, key);
    expect(verifySm2(message, point, signature, '')).toBe(true);
    expect(verifySm2(message, point, signature)).toBe(false);
  });

  it('verifies what the samples sign, and no other text', () => {
    const key = sm2Key();
    const signature = key.sign(message);
    expect(verifySm2(message, pointOf(key.publicKey), signature)).toBe(true);
    expect(verifySm2(Buffer.from('another'), pointOf(key.publicKey), signature)).toBe(false);
    expect(verifySm2(message, pointOf(sm2Key().publicKey), signature)).toBe(false);
  });
});
