import { type PlacedAnchor, type Verdict, verifyStream, type Witnesses } from '@app/audit';
import { Random } from '@app/samples';
import { Client } from 'pg';
import { DATABASE_MUTATIONS, type Seal } from './database-mutations';
import { ENTRY_MUTATIONS } from './entry-mutations';
import { ExportView, oneOf, withRenewedEnd } from './export-view';
import type { Tools } from './mutation';
import { type AuditDatabase, exportSeenBy, makeSealedAudit, type SealedAudit } from './sealed-audit';
import { SEGMENT_MUTATIONS } from './segment-mutations';
import { REMOVAL_MUTATIONS } from './removal-mutations';
import { TamperReport } from './tamper-report';

export interface CampaignOptions {
  /** A migrated database with nothing in it; it is left with what the campaign made. */
  database: AuditDatabase;
  seed: number;
  /** Of spoilt exports, and of spoilt rows; each kind has its turn. */
  exportCases: number;
  databaseCases: number;
}

const EXPORT_MUTATIONS = { ...ENTRY_MUTATIONS, ...SEGMENT_MUTATIONS, ...REMOVAL_MUTATIONS };

/** Seals an audit, spoils it in every way, and holds what the verifier says against what was done. @throws when the sound audit is not found sound */
export async function runTamperCampaign({ database, seed, exportCases, databaseCases }: CampaignOptions): Promise<TamperReport> {
  const chance = new Random(seed);
  const audit = await makeSealedAudit(database, chance);
  const report = new TamperReport();
  const client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
  try {
    await expectSound(client, audit);
    await spoilExports({ client, audit, chance, report, cases: exportCases });
    await spoilRows({ client, audit, chance, report, cases: databaseCases });
    await expectSound(client, audit);
  } finally {
    await client.end();
  }
  return report;
}

interface Run {
  client: Client;
  audit: SealedAudit;
  chance: Random;
  report: TamperReport;
  cases: number;
}

/** A verifier that finds fault with everything would find every tampering. */
async function expectSound(client: Client, audit: SealedAudit): Promise<void> {
  for (const tenant of [...audit.tenants, audit.aged, null]) {
    const { finding } = await verified(await exportSeenBy(client, tenant), { publicKeys: audit.publicKeys, anchors: placed(audit) });
    if (finding !== null) throw new Error(`the sound audit is said not to be: ${JSON.stringify(finding)}`);
  }
}

async function spoilExports({ client, audit, chance, report, cases }: Run): Promise<void> {
  const [view, other] = [
    new ExportView(await exportSeenBy(client, audit.tenants[0])),
    new ExportView(await exportSeenBy(client, audit.tenants[1])),
  ];
  const anchorNumbers = audit.anchors.filter(({ tenantId }) => tenantId === audit.tenants[0].tenantId).map(({ number }) => number);
  const aged = new ExportView(await exportSeenBy(client, audit.aged));
  const tools: Tools = { chance, other, aged, foreign: audit.foreign, anchored: { anchors: placed(audit) }, anchorNumbers };
  const kinds = Object.entries(EXPORT_MUTATIONS);
  for (let number = 0; number < cases; number += 1) {
    const [kind, mutate] = kinds[number % kinds.length]!;
    const spoilt = await mutate(view, tools);
    if (spoilt === null) continue;
    const { lines, expected, witnesses = { publicKeys: audit.publicKeys }, text, keepsEnd } = spoilt;
    const isClever = keepsEnd === undefined && text === undefined && chance.int(0, 1) === 1;
    const { finding } = await verified(isClever ? withRenewedEnd(lines) : lines, witnesses, text);
    report.add(kind, number, expected, finding);
  }
}

async function spoilRows({ client, audit, chance, report, cases }: Run): Promise<void> {
  const [tenant] = audit.tenants;
  const { rows } = await client.query<{ sequence: string; entryId: string; segment: string }>(
    'select sequence, entry_id as "entryId", segment from audit_seal where tenant_id = $1 order by sequence',
    [tenant.tenantId],
  );
  const seals: Seal[] = rows.map(({ sequence, entryId, segment }) => ({ sequence: Number(sequence), entryId, segment: Number(segment) }));
  const last = seals.at(-1)!.segment;
  const kinds = Object.entries(DATABASE_MUTATIONS);
  for (let number = 0; number < cases; number += 1) {
    const [kind, mutate] = kinds[number % kinds.length]!;
    // Undone afterwards: each tampering meets the sound audit.
    await client.query(`begin; set local session_replication_role = 'replica'`);
    const { expected, isOfChain, isOfAged, withAnchors } = await mutate({ chance, client, tenant, aged: audit.aged, seals, last });
    const lines = await exportSeenBy(client, isOfChain ? null : isOfAged ? audit.aged : tenant);
    await client.query('rollback');
    const anchors = withAnchors || oneOf(chance, [true, false]) ? { anchors: placed(audit) } : {};
    const { finding } = await verified(lines, { publicKeys: audit.publicKeys, ...anchors });
    report.add(kind, number, expected, finding);
  }
}

const placed = ({ anchors }: SealedAudit): PlacedAnchor[] => anchors.map((anchor, index) => ({ anchor, line: index + 1 }));

async function verified(lines: readonly string[], witnesses: Witnesses, text = `${lines.join('\n')}\n`): Promise<Verdict> {
  return verifyStream(inPieces(Buffer.from(text)), witnesses);
}

/** In pieces that end anywhere, as a disk gives them. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += 4_099) yield await Promise.resolve(bytes.subarray(at, at + 4_099));
}
