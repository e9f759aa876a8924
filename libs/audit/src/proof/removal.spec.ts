import { generateKeyPairSync } from 'node:crypto';
import { AUDIT_SUITES } from './audit-suite';
import type { RemovalRecord } from './export-record';
import { KnownKeys } from './known-keys';
import { RemovalCheck } from './removal-check';
import { removalHash, signedRemovalBytes } from './removal';
import { readSigner } from './signing-key';

const TENANT = '11111111-1111-4111-8111-111111111111';

describe.each(['standard', 'sm'] as const)('the record of a removal, in the suite %s', (suite) => {
  const pair = suite === 'standard' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'SM2' });
  const signer = readSigner(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  const record = async (changes: Partial<RemovalRecord>): Promise<RemovalRecord> => {
    const content = {
      ...{ type: 'removal' as const, number: 1, firstSegment: 1, lastSegment: 2, firstSequence: 1, lastSequence: 6, entries: 6 },
      ...{ root: 'a'.repeat(64), lastHash: 'b'.repeat(64), lastKeyId: 'c'.repeat(32), lastSealedAt: '2026-01-01T00:00:00.000000Z' },
      ...{ retentionDays: 184, removedAt: '2026-07-04T00:00:00.000000Z', previousHash: '', suite },
      ...changes,
    };
    const bytes = (text: string): Buffer => Buffer.from(text, 'hex');
    const of = {
      ...content,
      tenantId: TENANT,
      root: bytes(content.root),
      lastHash: bytes(content.lastHash),
      previousHash: bytes(content.previousHash),
    };
    const hash = removalHash(AUDIT_SUITES[suite], of);
    const keyId = signer.publicKey.id;
    const signature = (await signer.sign(signedRemovalBytes(signer.suite, { hash, keyId }))).toString('base64');
    return { ...content, hash: hash.toString('hex'), keyId, signature };
  };
  const judged = async (changes: Partial<RemovalRecord> = {}) =>
    new RemovalCheck(TENANT, new KnownKeys([signer.publicKey])).accept(await record(changes));

  it('holds when it is whole, signed, and came in its time', async () => {
    expect(await judged()).toBeNull();
  });

  it.each([
    ['a rule below the floor', { retentionDays: 183 }, 'removal-too-early'],
    ['a second before its time', { removedAt: '2026-07-03T23:59:59.000000Z' }, 'removal-too-early'],
    ['a time that is none', { removedAt: 'never' }, 'removal-too-early'],
    ['a beginning in the middle', { firstSegment: 2 }, 'removal-chain'],
    ['fewer entries than numbers', { entries: 5 }, 'removal-chain'],
  ] as const)('does not hold with %s, whoever signed it', async (_what, changes, code) => {
    expect(await judged(changes)).toBe(code);
  });
});
