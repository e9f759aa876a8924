import { generateKeyPairSync } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  AUDIT_SUITES,
  AuditEntry,
  AuditLog,
  AuditSealer,
  auditPublicKey,
  type AuditSigner,
  readSigner,
  SealingStore,
  verifyExport,
  withAuditProof,
} from '@app/audit';
import { createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { v7 as uuidv7 } from 'uuid';

/** Rates are entries a second. */
export interface Proof {
  suite: 'standard' | 'sm';
  sealed: number;
  exported: number;
  verified: number;
  /** The same for a second of a core, whatever else the machine does. */
  verifiedPerCore: number;
  /** All of them, of which `verified` is the middle. */
  verifications: number[];
  fileMiB: number;
  /** By how much the process grew at most while it verified. */
  grownMiB: number;
}

interface Options {
  ownerUrl: string;
  workerUrl: string;
  entries: number;
  suite: Proof['suite'];
}

const BATCH = 500;
const VERIFICATIONS = 5;
const MIB = 1_048_576;

/** Appends, seals, exports and verifies the entries of a tenant of its own. */
export async function measureProof({ ownerUrl, workerUrl, entries, suite }: Options): Promise<Proof> {
  const tenant: TenantContext = { tenantId: uuidv7(), actor: { type: 'apiKey', id: uuidv7(), name: '影像系统' } };
  const signer = await signerOf(suite);
  const sealed = await measureSealing(workerUrl, tenant, signer, entries);
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-audit-'));
  const file = join(folder, 'audit.jsonl');
  try {
    const exporting = await timed(() =>
      withAuditProof({ ownerUrl, applicationName: 'bench' }, (proof) =>
        pipeline(Readable.from(proof.export.ofTenant(tenant)), createWriteStream(file)),
      ),
    );
    const { verifications, verifiedPerCore, grownMiB } = await measureVerifying(file, signer, entries);
    const verified = verifications.toSorted((one, two) => one - two)[Math.floor(verifications.length / 2)] ?? Number.NaN;
    return {
      suite,
      sealed,
      exported: entries / exporting,
      verified,
      verifiedPerCore,
      verifications,
      fileMiB: (await stat(file)).size / MIB,
      grownMiB,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function measureSealing(workerUrl: string, tenant: TenantContext, signer: AuditSigner, entries: number): Promise<number> {
  const worker = await createDataSource({ url: workerUrl, applicationName: 'bench', entities: [AuditEntry] }).initialize();
  const unitOfWork = new UnitOfWork(worker);
  const sealer = new AuditSealer(new SealingStore(worker), unitOfWork, signer);
  try {
    // What was appended before is not this measurement's.
    await sealer.round();
    for (let at = 0; at < entries; at += BATCH) await appendBatch(unitOfWork, tenant, Math.min(BATCH, entries - at));
    let done = 0;
    const seconds = await timed(async () => {
      done = (await sealer.round()).entries;
    });
    if (done !== entries) throw new Error(`${done} of ${entries} entries were sealed`);
    return entries / seconds;
  } finally {
    await worker.destroy();
  }
}

async function appendBatch(unitOfWork: UnitOfWork, tenant: TenantContext, count: number): Promise<void> {
  const records = Array.from({ length: count }, (_, index) => ({
    action: 'verification.outcome' as const,
    targetType: 'verification',
    targetId: uuidv7(),
    detail: { attempt: 1, provider: 'netocr', outcome: 'MATCH', charge: 'charged', index },
  }));
  await unitOfWork.run(tenant, (tx) => new AuditLog().appendAll(tx, records));
}

async function measureVerifying(
  file: string,
  signer: AuditSigner,
  entries: number,
): Promise<Pick<Proof, 'verifications' | 'verifiedPerCore' | 'grownMiB'>> {
  const verifications: number[] = [];
  const before = process.memoryUsage.rss();
  let peak = before;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 20);
  const cpu = process.cpuUsage();
  for (let round = 0; round < VERIFICATIONS; round += 1) {
    const seconds = await timed(async () => {
      const { finding, covered } = await verifyExport(file, { publicKeys: [signer.publicKey], anchors: [] });
      if (finding !== null || covered.entries !== entries)
        throw new Error(`the export does not hold: ${JSON.stringify({ finding, covered })}`);
    });
    verifications.push(entries / seconds);
  }
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  const verifiedPerCore = (entries * VERIFICATIONS * 1e6) / (user + system);
  return { verifications, verifiedPerCore, grownMiB: (peak - before) / MIB };
}

const SM2_SPKI = Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex');

async function signerOf(suite: Proof['suite']): Promise<AuditSigner> {
  if (suite === 'standard') return readSigner(generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }) as string);
  const sm = AUDIT_SUITES.sm;
  const keys = await sm.signing.generateKeyPair();
  return {
    suite: sm,
    publicKey: auditPublicKey(Buffer.concat([SM2_SPKI, keys.publicKey])),
    sign: (message) => sm.signing.sign(keys, message),
  };
}

/** Seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1_000;
}
