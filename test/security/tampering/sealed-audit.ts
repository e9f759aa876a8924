import { generateKeyPairSync } from 'node:crypto';
import {
  type Anchor,
  AuditExport,
  AuditLog,
  type AuditPublicKey,
  type AuditRecord,
  AuditRemover,
  AuditSealer,
  type AuditSigner,
  ChainHeads,
  ExportStore,
  readSigner,
  sealingLag,
  SealingStore,
} from '@app/audit';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import type { Random } from '@app/samples';
import { Client } from 'pg';
import type { DataSource } from 'typeorm';
import { BackdatedSealingStore } from '../../support/backdated-sealing';

/** Addresses of a migrated database. */
export interface AuditDatabase {
  superuserUrl: string;
  workerUrl: string;
}

/** An audit of two tenants that was sealed by two keys, one after the other, and what its owner keeps elsewhere. */
export interface SealedAudit {
  tenants: readonly [TenantContext, TenantContext];
  /** Another one, whose older segments were removed by rule, in two removals. */
  aged: TenantContext;
  publicKeys: AuditPublicKey[];
  /** Heads after half of the segments, and of the end. */
  anchors: Anchor[];
  /** A key that nobody trusts. */
  foreign: AuditSigner;
}

const SEGMENTS = 12;
const TENANTS = ['aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa', 'bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb'] as const;
const AGED = 'cccccccc-cccc-4ccc-8ccc-cccccccccccc';
/** How long ago its segments were sealed, and by which rules the older ones went. */
const AGES_DAYS = [900, 800, 700, 600, 90, 60, 30] as const;
const RULES_DAYS = [750, 365] as const;
const ACTIONS = ['receipt.upload', 'receipt.read', 'verification.request', 'verification.outcome', 'bill.book'] as const;

export const newSigner = (): AuditSigner =>
  readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);

/** Writes and seals it; some entries of each tenant are left unsealed at the end. */
export async function makeSealedAudit({ workerUrl }: AuditDatabase, chance: Random): Promise<SealedAudit> {
  const dataSource = await createDataSource({ url: workerUrl, applicationName: 'tampering', poolSize: 2 }).initialize();
  try {
    const unitOfWork = new UnitOfWork(dataSource);
    const [first, second, foreign] = [newSigner(), newSigner(), newSigner()];
    const [ours, theirs] = TENANTS.map(contextOf) as [TenantContext, TenantContext];
    const append = async (tenant: TenantContext, count: number): Promise<void> => {
      await unitOfWork.run(tenant, (tx) =>
        new AuditLog().appendAll(
          tx,
          Array.from({ length: count }, () => record(chance)),
        ),
      );
    };
    const aged = contextOf(AGED);
    for (const days of AGES_DAYS) {
      await append(aged, chance.int(2, 8));
      await sealAll(dataSource, new AuditSealer(new BackdatedSealingStore(dataSource, days), unitOfWork, first));
    }
    const exporter = new AuditExport(new ExportStore(dataSource, unitOfWork));
    for (const days of RULES_DAYS) await new AuditRemover(unitOfWork, exporter, first, { days }).remove(AGED);
    const heads = new ChainHeads(dataSource, unitOfWork);
    const anchors: Anchor[] = [];
    for (let number = 1; number <= SEGMENTS; number += 1) {
      await append(ours, chance.int(1, 20));
      await append(theirs, chance.int(1, 5));
      await sealAll(dataSource, new AuditSealer(new SealingStore(dataSource), unitOfWork, number <= SEGMENTS / 2 ? first : second));
      if (number === SEGMENTS / 2 || number === SEGMENTS) anchors.push(...(await heads.all()));
    }
    await append(ours, 3);
    await append(theirs, 1);
    return { tenants: [ours, theirs], aged, publicKeys: [first.publicKey, second.publicKey], anchors, foreign };
  } finally {
    await dataSource.destroy();
  }
}

/** Again until nothing waits: other tests' transactions on the same server hold sealing up. */
async function sealAll(dataSource: DataSource, sealer: AuditSealer): Promise<void> {
  do await sealer.round();
  while ((await sealingLag(dataSource)).entries > 0);
}

const contextOf = (tenantId: string): TenantContext => ({
  tenantId,
  actor: { type: 'apiKey', id: 'key-1', name: '影像系统 “12”\n' },
});

function record(chance: Random): AuditRecord {
  return {
    action: chance.pick(ACTIONS),
    targetType: 'receipt',
    targetId: `r-${chance.int(1, 1_000_000)}`,
    detail: { page: chance.int(1, 9), reason: chance.pick(['无', 'ok', '重复']), isFinal: true, of: null },
  };
}

/** Lines of a tenant's export, or of the chain over all, as one connection sees them, whatever it has not committed included. */
export async function exportSeenBy(client: Client, tenant: TenantContext | null): Promise<string[]> {
  const query = async (text: string, values?: unknown[]): Promise<unknown> => (await client.query(text, values)).rows;
  const unitOfWork = { run: (of: TenantContext, work: (tx: unknown) => unknown) => work({ tenant: of, manager: { query } }) };
  const out = new AuditExport(new ExportStore({ query } as never, unitOfWork as never));
  let text = '';
  for await (const part of tenant === null ? out.ofChain(contextOf) : out.ofTenant(tenant)) text += part;
  return text.trimEnd().split('\n');
}
