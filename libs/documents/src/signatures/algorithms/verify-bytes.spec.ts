import { constants, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { sm2Key } from '@app/samples';
import { readPublicKey, type PublicKey } from './public-key';
import { verifyBytes } from './verify-bytes';

const data = Buffer.from('票据');
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const read = (spki: Uint8Array): PublicKey | null => readPublicKey(AsnConvert.parse(spki, SubjectPublicKeyInfo));
const keyOf = (key: KeyObject): PublicKey => read(key.export({ format: 'der', type: 'spki' }))!;
const rsaPublic = keyOf(rsa.publicKey);

/** RSASSA-PSS-params with this digest, for its mask too where no other is given. */
function pss(digest: string, salt: number, mask = digest): ArrayBuffer {
  const DIGESTS: Record<string, string> = { sha256: '0609608648016503040201', sha512: '0609608648016503040203', sha1: '06052b0e03021a' };
  const tlv = (tag: string, content: string) => `${tag}${(content.length / 2).toString(16).padStart(2, '0')}${content}`;
  const algorithm = (name: string) => tlv('30', `${DIGESTS[name]!}0500`);
  const hash = tlv('a0', algorithm(digest));
  const masking = tlv('a1', tlv('30', `06092a864886f70d010108${algorithm(mask)}`));
  return new Uint8Array(Buffer.from(tlv('30', `${hash}${masking}${tlv('a2', tlv('02', salt.toString(16).padStart(2, '0')))}`), 'hex'))
    .buffer;
}

describe('verifyBytes', () => {
  it.each([
    ['RSA, its digest given', 'sha256', '1.2.840.113549.1.1.1', '2.16.840.1.101.3.4.2.1'],
    ['RSA with SHA-256', 'sha256', '1.2.840.113549.1.1.11', null],
    ['RSA with SHA-384', 'sha384', '1.2.840.113549.1.1.12', null],
    ['RSA with SHA-512', 'sha512', '1.2.840.113549.1.1.13', null],
    ['RSA with SM3', 'sm3', '1.2.156.10197.1.504', null],
  ])('verifies %s', (_, digest, algorithm, given) => {
    const signature = sign(digest, data, rsa.privateKey);
    const signed = { data, signature, algorithm: { algorithm }, digest: given, key: rsaPublic };
    expect(verifyBytes(signed)).toEqual({ fits: true, why: null });
    expect(verifyBytes({ ...signed, data: Buffer.from('票剧') })).toEqual({ fits: false, why: null });
  });

  it.each([
    ['P-256', 'sha256', '1.2.840.10045.4.3.2'],
    ['P-384', 'sha384', '1.2.840.10045.4.3.3'],
    ['P-521', 'sha512', '1.2.840.10045.4.3.4'],
  ])('verifies ECDSA on %s', (namedCurve, digest, algorithm) => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const signed = { data, algorithm: { algorithm }, digest: null, key: keyOf(publicKey) };
    expect(verifyBytes({ ...signed, signature: sign(digest, data, privateKey) })).toEqual({ fits: true, why: null });
    const joined = sign(digest, data, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    expect(verifyBytes({ ...signed, signature: joined, ecdsa: 'ieee-p1363' })).toEqual({ fits: true, why: null });
    expect(verifyBytes({ ...signed, signature: joined })).toMatchObject({ fits: false });
  });

  it.each(['1.2.156.10197.1.501', '1.2.156.10197.1.301', '1.2.156.10197.1.301.1', '1.2.840.10045.2.1'])(
    'verifies SM2 under the number %s',
    (algorithm) => {
      const key = sm2Key();
      const signed = { data, signature: key.sign(data), algorithm: { algorithm }, digest: null, key: read(key.publicKey)! };
      expect(verifyBytes(signed)).toEqual({ fits: true, why: null });
      expect(verifyBytes({ ...signed, data: Buffer.from('票剧') })).toEqual({ fits: false, why: null });
    },
  );

  it.each([
    ['with its own salt', pss('sha256', 20), 20, { fits: true, why: null }],
    ['with another salt than it says', pss('sha256', 32), 20, { fits: false, why: null }],
    ['with another digest than it says', pss('sha512', 20), 20, { fits: false, why: null }],
    ['with a mask of another digest', pss('sha256', 20, 'sha512'), 20, { fits: null }],
    ['with broken parameters', new Uint8Array([0x30, 0x02, 0xff]).buffer, 20, { fits: null }],
    ['that says nothing, which means SHA-1', null, 20, { fits: false }],
  ])('verifies PSS %s', (_, parameters, saltLength, fit) => {
    const signature = sign('sha256', data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
    expect(
      verifyBytes({ data, signature, algorithm: { algorithm: '1.2.840.113549.1.1.10', parameters }, digest: null, key: rsaPublic }),
    ).toMatchObject(fit);
  });

  it('says of what fits by a broken digest that it does', () => {
    const signature = sign('sha1', data, rsa.privateKey);
    const signed = { data, signature, digest: null, key: rsaPublic };
    expect(verifyBytes({ ...signed, algorithm: { algorithm: '1.2.840.113549.1.1.5' } })).toEqual({
      fits: true,
      why: 'it rests on sha1, which is broken',
    });
    const pssSignature = sign('sha1', data, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 20 });
    const byPss = { ...signed, signature: pssSignature, algorithm: { algorithm: '1.2.840.113549.1.1.10', parameters: null } };
    expect(verifyBytes(byPss)).toEqual({ fits: true, why: 'it rests on sha1, which is broken' });
  });

  it.each([
    ['an unknown algorithm', { algorithm: { algorithm: '1.2.3' } }],
    ['an algorithm for other keys', { algorithm: { algorithm: '1.2.840.10045.4.3.2' } }],
    ['SM2 with an RSA key', { algorithm: { algorithm: '1.2.156.10197.1.501' } }],
    ['an unknown digest', { algorithm: { algorithm: '1.2.840.113549.1.1.1' }, digest: '1.2.3' }],
    ['no digest', { algorithm: { algorithm: '1.2.840.113549.1.1.1' } }],
  ])('computes nothing for %s', (_, part) => {
    expect(verifyBytes({ data, signature: Buffer.alloc(256), digest: null, key: rsaPublic, ...part })).toMatchObject({ fits: null });
  });
});

describe('readPublicKey', () => {
  it.each([
    ['of another curve', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
    ['on a curve that is written out', generateKeyPairSync('ec', { namedCurve: 'P-256', paramEncoding: 'explicit' }).publicKey],
    ['of another kind', generateKeyPairSync('ed25519').publicKey],
  ])('takes no key %s', (_, key) => expect(read(key.export({ format: 'der', type: 'spki' }))).toBeNull());

  it('takes none that is broken', () => {
    const spki = AsnConvert.parse(rsa.publicKey.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo);
    spki.subjectPublicKey = new ArrayBuffer(3);
    expect(readPublicKey(spki)).toBeNull();
  });
});
