import { execFileSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { AUDIT_SUITES } from './audit-suite';
import { canonicalBytes } from './canonical-encoding';
import { inclusionProof, merkleRoot, rootOfProof } from './merkle-tree';
import { leafHash } from './sealed-entry';
import { signedBytes } from './segment';
import { auditPublicKey, publicKeyPem, readPublicKeys, readSigner } from './signing-key';
import { SigningKeyError } from './signing-key.error';

const { standard, sm } = AUDIT_SUITES;
const ed25519 = (): string => generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
/** A key of openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:SM2, made for this test. */
const SM2_PEM = [
  '-----BEGIN PRIVATE KEY-----',
  Buffer.from(
    '308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b02010104200ddb737826ab48c9ecacff9dd171f4c8314c71f0c05a61aa264d36c9fe1115bba14403420004c145eba1b0cea49af23c4a475fcc2359e34d8703313f7f9de692ab4cecdcfa8e6b45e0074e599b6417d844ce0c723af99709fe77abb1eba48b47f37738d7a4c1',
    'hex',
  ).toString('base64'),
  '-----END PRIVATE KEY-----',
].join('\n');

describe('the Merkle tree', () => {
  /** The inputs of the reference implementation of Certificate Transparency, and the root that it gives for all eight. */
  const INPUTS = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = INPUTS.map((hex) => createHash('sha256').update(Buffer.of(0)).update(hex, 'hex').digest());

  it('is that of RFC 6962', () => {
    expect(merkleRoot(standard, leaves).toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
    expect(merkleRoot(standard, leaves.slice(0, 3)).toString('hex')).toBe(
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    );
    expect(() => merkleRoot(standard, [])).toThrow(RangeError);
  });

  it.each([1, 2, 3, 7, 8])('proves each of %d leaves, and no other', (size) => {
    const some = leaves.slice(0, size);
    for (const [index, leaf] of some.entries()) {
      const proof = inclusionProof(standard, some, index);
      expect(rootOfProof(standard, leaf, proof)).toEqual(merkleRoot(standard, some));
      expect(rootOfProof(standard, Buffer.alloc(32), proof)).not.toEqual(merkleRoot(standard, some));
    }
    expect(() => inclusionProof(standard, some, size)).toThrow(RangeError);
  });
});

describe('the leaf of an entry', () => {
  it('parts fields from one another, and takes what is empty for what is not there', () => {
    const leaf = (fields: Record<string, string>): string => leafHash(standard, 1, fields).toString('hex');
    expect(leaf({ a: 'xy', b: 'z' })).not.toBe(leaf({ a: 'x', b: 'yz' }));
    expect(leaf({ a: 'x', b: '' })).toBe(leaf({ a: 'x' }));
    expect(leaf({ b: '1', a: '2' })).toBe(leaf({ a: '2', b: '1' }));
    expect(leafHash(standard, 2, { a: 'x' })).not.toEqual(leafHash(standard, 1, { a: 'x' }));
    expect(leafHash(sm, 1, { a: 'x' })).not.toEqual(leafHash(standard, 1, { a: 'x' }));
  });

  it('is made of the bytes that are documented, beyond any size', () => {
    expect(canonicalBytes(7, ['ab', null, '票']).toString('hex')).toBe('07' + '000000026162' + '00000000' + '00000003e7a5a8');
    const long = '审'.repeat(100_000);
    expect(canonicalBytes(0, [long]).subarray(5).toString('utf8')).toBe(long);
  });
});

describe('a signing key', () => {
  it.each([
    ['standard', ed25519()],
    ['sm', SM2_PEM],
  ] as const)('of the suite %s signs what its public key verifies', async (suite, pem) => {
    const signer = readSigner(pem);
    expect(signer.suite.name).toBe(suite);
    const message = signedBytes(signer.suite, {
      segmentHash: Buffer.alloc(32, 1),
      linkHash: Buffer.alloc(32, 2),
      keyId: signer.publicKey.id,
      previousKeyId: null,
    });
    const [known] = readPublicKeys(`as sent by the auditor\n${publicKeyPem(signer.publicKey)}`);
    expect(known).toEqual(signer.publicKey);
    const signature = await signer.sign(message);
    expect(signer.suite.signing.verify(known!.raw, message, signature)).toBe(true);
    expect(signer.suite.signing.verify(known!.raw, Buffer.concat([message, Buffer.of(0)]), signature)).toBe(false);
  });

  it('is read as openssl writes it', () => {
    const pem = execFileSync('openssl', ['genpkey', '-algorithm', 'ed25519'], { encoding: 'utf8' });
    const pub = execFileSync('openssl', ['pkey', '-pubout'], { input: pem, encoding: 'utf8' });
    expect(readPublicKeys(pub)).toEqual([readSigner(pem).publicKey]);
  });

  it.each([
    ['no key', 'secret words'],
    ['another algorithm', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'pkcs8' }) as string],
  ])('is refused when it is %s, without telling it', (_, pem) => {
    expect(() => readSigner(pem)).toThrow(SigningKeyError);
    expect(() => readSigner(pem)).not.toThrow(/secret words/);
    expect(() => readPublicKeys(pem)).toThrow(SigningKeyError);
    expect(() => auditPublicKey(Buffer.alloc(44))).toThrow(SigningKeyError);
  });
});
