import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { readPublicKeys, readSigner } from '@app/audit';
import { explainPage } from './explain-page';
import { MANIFEST, PUBLIC_KEY, SIGNATURE } from './manifest';
import { signPack } from './sign-pack';
import { type PackPart, readStoredZip, writeStoredZip } from './stored-zip';
import { AUDIT_PART, verifyPack } from './verify-pack';

const FACTS = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  bill: { id: '019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b', billCode: '99060126', billNumber: '0000000001' },
  madeAt: '2026-07-13T01:02:03.456Z',
  madeBy: { type: 'user', id: 'u-1', name: '张三 <b>' },
};
const PARTS: PackPart[] = [
  { name: 'bill.json', bytes: Buffer.from('{}\n') },
  { name: 'originals/1', bytes: Buffer.from([0, 1, 2, 255]) },
  { name: AUDIT_PART, bytes: Buffer.from('[]\n') },
];
const pemOf = (type: 'standard' | 'sm'): string =>
  (type === 'sm' ? generateKeyPairSync('ec', { namedCurve: 'SM2' }) : generateKeyPairSync('ed25519')).privateKey.export({
    format: 'pem',
    type: 'pkcs8',
  }) as string;

describe.each(['standard', 'sm'] as const)('a pack signed in the suite %s', (suite) => {
  const signer = readSigner(pemOf(suite));
  let zip: Buffer;
  beforeAll(async () => {
    ({ zip } = await signPack(FACTS, PARTS, signer));
  });
  const changed = (change: (parts: PackPart[]) => PackPart[]): Buffer => writeStoredZip(change(readStoredZip(zip)));
  const replaced = (name: string, bytes: Buffer) => (parts: PackPart[]) =>
    parts.map((part) => (part.name === name ? { name, bytes } : part));

  it('is verified, by its own key and by one that was held before', () => {
    expect(verifyPack(zip)).toMatchObject({
      manifest: { ...FACTS, suite, keyId: signer.publicKey.id },
      isKeyKnown: false,
      provenEntries: 0,
    });
    expect(verifyPack(zip, { evidence: [signer.publicKey] })).toMatchObject({ isKeyKnown: true });
  });

  it('is not taken from another key than the one that is held', () => {
    expect(() => verifyPack(zip, { evidence: [readSigner(pemOf(suite)).publicKey] })).toThrow('key: manifest.json');
  });

  it.each<[string, string, (parts: PackPart[]) => PackPart[]]>([
    ['a changed part', 'altered: originals/1', replaced('originals/1', Buffer.from([0, 1, 2, 254]))],
    ['a missing part', 'missing: bill.json', (parts) => parts.filter(({ name }) => name !== 'bill.json')],
    ['an added part', 'unlisted: extra', (parts) => [...parts, { name: 'extra', bytes: Buffer.from('x') }]],
    [
      'exchanged parts',
      'altered: bill.json',
      (parts) => parts.map((part) => (part.name === 'bill.json' ? { ...part, bytes: PARTS[2]!.bytes } : part)),
    ],
    ['another signature', 'signature: manifest.json', replaced(SIGNATURE, Buffer.alloc(64))],
    ['no key', 'missing: public-key.pem', (parts) => parts.filter(({ name }) => name !== PUBLIC_KEY)],
    ['a key that is none', 'key: public-key.pem', replaced(PUBLIC_KEY, Buffer.from('none'))],
    ['a manifest that is none', 'malformed: manifest.json', replaced(MANIFEST, Buffer.from('{'))],
  ])('shows %s', (_what, message, change) => {
    expect(() => verifyPack(changed(change))).toThrow(message);
  });

  it('shows another manifest, however well it fits the parts', async () => {
    const forged = await signPack({ ...FACTS, madeAt: '2026-07-14T00:00:00.000Z' }, PARTS, readSigner(pemOf(suite)));
    const manifest = readStoredZip(forged.zip).find(({ name }) => name === MANIFEST)!;
    expect(() => verifyPack(changed(replaced(MANIFEST, manifest.bytes)))).toThrow('key: manifest.json');
  });

  it('shows every changed byte', () => {
    // A prime step, so that heads, names, lists and contents are all hit.
    for (let at = 0; at < zip.length; at += 7) {
      const bytes = Buffer.from(zip);
      bytes[at] = bytes[at]! ^ 1;
      expect(() => verifyPack(bytes)).toThrow('evidence pack');
    }
    for (let cut = 0; cut < zip.length; cut += 41) expect(() => verifyPack(zip.subarray(0, cut))).toThrow('evidence pack');
  });
});

describe('the pack', () => {
  it('is checked by what is not ours: node:crypto over the bytes of the manifest', async () => {
    const signer = readSigner(pemOf('standard'));
    const parts = new Map(readStoredZip((await signPack(FACTS, PARTS, signer)).zip).map(({ name, bytes }) => [name, bytes]));
    const key = createPublicKey(parts.get(PUBLIC_KEY)!);
    expect(verify(null, parts.get(MANIFEST)!, key, parts.get(SIGNATURE)!)).toBe(true);
    expect(readPublicKeys(parts.get(PUBLIC_KEY)!.toString())[0]?.id).toBe(signer.publicKey.id);
  });

  it('explains itself in both languages, and shows a name as a name', () => {
    const page = explainPage(FACTS, 'sm', 'abc');
    expect(page).toContain('sha256sum -c sha256sums');
    expect(page).toContain('distid:1234567812345678');
    expect(page).toContain('如何核验');
    expect(page).not.toContain('<b>');
  });

  it.each(['../x', '/x', 'a//b', 'a/../b', 'a\\b', ''])('has no part named %j', (name) => {
    expect(() => readStoredZip(writeStoredZip([{ name, bytes: Buffer.from('x') }]))).toThrow('malformed');
  });
});
