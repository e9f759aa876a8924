import { AuditLog, type AuditRecord, type AuditSigner, type EntryFields, ExportStore, fieldsOf, SELECT_SEALED_COLUMNS } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type BillDetail, Bills, ProcessingBases, Receipts } from '@app/receipts';
import { BillVerifications, ruleSets, type VerificationDetail } from '@app/verification';
import { Inject, Injectable } from '@nestjs/common';
import type { ProvenEntry } from './entry-proof';
import { explainPage } from './explain-page';
import { InclusionProofs } from './inclusion-proofs';
import { signPack } from './sign-pack';
import type { PackPart } from './stored-zip';
import { AUDIT_PART } from './verify-pack';

/** Injection token of the key that evidence is signed with; null where the installation has none. */
export const EVIDENCE_SIGNER = Symbol('EVIDENCE_SIGNER');

/** One pack, ready to be handed out; that it was made is on record. */
export interface EvidencePack {
  fileName: string;
  zip: Buffer;
}

/** A pack is made in memory. */
const MOST_ORIGINAL_BYTES = 256 * 1_048_576;
/** What the audit says of the personal fields that a pack holds, which are never masked. */
const PURPOSE = 'evidence';
const MOST_ENTRIES = 10_000;

/** Makes the evidence of one bill: all that the appliance knows of it, with the audit's proofs, signed, as one file. */
@Injectable()
export class EvidencePacks {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bills: Bills,
    private readonly receipts: Receipts,
    private readonly verifications: BillVerifications,
    private readonly bases: ProcessingBases,
    private readonly audit: AuditLog,
    private readonly sealed: ExportStore,
    @Inject(EVIDENCE_SIGNER) private readonly signer: AuditSigner | null,
  ) {}

  /** @throws ProblemError `not-found` where the tenant has no bill of this code and number */
  async idOf(tenant: TenantContext, billCode: string, billNumber: string): Promise<string> {
    const [bill] = (await this.bills.page(tenant, { billCode, billNumber, limit: 1 })).items;
    if (bill === undefined) throw new ProblemError('not-found');
    return bill.id;
  }

  /**
   * No byte is handed out before its making is committed to the audit, which knows the file by the hash of its manifest.
   * @throws ProblemError `not-found`, `evidence-key-missing`, `evidence-too-large`
   */
  async make(tenant: TenantContext, billId: string): Promise<EvidencePack> {
    const { signer } = this;
    if (signer === null) throw new ProblemError('evidence-key-missing');
    const detail = await this.bills.get(tenant, billId);
    const { billCode, billNumber } = detail.bill;
    const { type, id, name } = tenant.actor;
    const bill = { id: billId, billCode, billNumber };
    const facts = { tenantId: tenant.tenantId, bill, madeAt: new Date().toISOString(), madeBy: { type, id, name } };
    const page = Buffer.from(explainPage(facts, signer.suite.name, signer.publicKey.id));
    const parts = [{ name: 'readme.html', bytes: page }, ...(await this.parts(tenant, detail))];
    const { zip, manifestHash } = await signPack(facts, parts, signer);
    await this.recorded(tenant, billId, { manifestHash, keyId: signer.publicKey.id, bytes: zip.length, parts: parts.length });
    return { fileName: `evidence-${billCode}-${billNumber}.zip`, zip };
  }

  private async parts(tenant: TenantContext, detail: BillDetail): Promise<PackPart[]> {
    const verifications = await this.verifications.ofBill(tenant, detail.bill);
    const documents = await this.documents(tenant, detail);
    const targets = targetsOf(detail, verifications);
    const ofBill = {
      receipts: detail.receipts.map(({ receiptId }) => receiptId),
      verifications: verifications.map(({ verification }) => verification.id),
    };
    const rest = await this.unitOfWork.run(tenant, async (tx) => [
      ...(await this.callParts(tx, verifications)),
      jsonPart('rules.json', { ...ruleSets(), ofTenant: await this.verifications.rulesOf(tx, verifications) }),
      jsonPart('processing-basis.json', await this.bases.of(tx, ofBill)),
      jsonPart(AUDIT_PART, await this.provenEntries(tx, targets)),
    ]);
    return [jsonPart('bill.json', detail), ...documents, jsonPart('verifications.json', verifications), ...rest];
  }

  private async documents(tenant: TenantContext, detail: BillDetail): Promise<PackPart[]> {
    const [parts, readings]: [PackPart[], unknown[]] = [[], []];
    let left = MOST_ORIGINAL_BYTES;
    for (const receiptId of new Set(detail.receipts.map((shown) => shown.receiptId))) {
      const { receipt, corrections } = await this.receipts.get(tenant, receiptId);
      const isKept = receipt.originalErasedAt === null;
      left -= isKept ? receipt.byteSize : 0;
      if (left < 0) throw new ProblemError('evidence-too-large');
      const part = isKept ? `originals/${receiptId}` : null;
      if (part !== null) parts.push({ name: part, bytes: await this.original(tenant, receiptId) });
      const { fileName, mediaType, byteSize, sha256, state, reading, erased, createdBy, createdAt, readAt } = receipt;
      const facts = { fileName, mediaType, byteSize, sha256, state, uploadedBy: createdBy, uploadedAt: createdAt, readAt };
      readings.push({ receiptId, part, ...facts, erased, reading, corrections });
    }
    return [jsonPart('receipts.json', readings), ...parts];
  }

  private async original(tenant: TenantContext, receiptId: string): Promise<Buffer> {
    const { bytes } = await this.receipts.openImage(tenant, receiptId, { purpose: PURPOSE, isReviewer: false });
    const pieces: Buffer[] = [];
    for await (const piece of bytes as AsyncIterable<Buffer>) pieces.push(piece);
    return Buffer.concat(pieces);
  }

  private async callParts(tx: Tx, verifications: readonly VerificationDetail[]): Promise<PackPart[]> {
    const attemptIds = verifications.flatMap(({ attempts }) => attempts.map(({ id }) => id));
    const replies = await this.verifications.replies(tx, attemptIds);
    const described = replies.map(({ body: _body, ...reply }) => ({ ...reply, part: `replies/${reply.attemptId}` }));
    return [
      jsonPart('charges.json', await this.verifications.charges(tx, attemptIds)),
      jsonPart('replies.json', described),
      ...replies.map(({ attemptId, body }) => ({ name: `replies/${attemptId}`, bytes: body })),
    ];
  }

  private async provenEntries(tx: Tx, targets: readonly Target[]): Promise<ProvenEntry[]> {
    const rows = await tx.manager.query<Record<string, unknown>[]>(
      `select ${SELECT_SEALED_COLUMNS} from unnest($2::text[], $3::text[]) as t (type, id)
       join audit_entry e on e.tenant_id = $1 and e.target_type = t.type and e.target_id = t.id
       order by e.recorded_at, e.id limit ${MOST_ENTRIES + 1}`,
      [tx.tenant.tenantId, targets.map(({ type }) => type), targets.map(({ id }) => id)],
    );
    if (rows.length > MOST_ENTRIES) throw new ProblemError('evidence-too-large');
    const proofs = new InclusionProofs(this.sealed);
    const entries: ProvenEntry[] = [];
    for (const fields of rows.map<EntryFields>(fieldsOf)) entries.push({ fields, proof: await proofs.proofOf(tx, fields['id'] ?? '') });
    return entries;
  }

  private recorded(tenant: TenantContext, billId: string, detail: NonNullable<AuditRecord['detail']>): Promise<void> {
    const bill = { targetType: 'bill', targetId: billId };
    const unmasked: AuditRecord = { action: 'personal.unmask', ...bill, detail: { purpose: PURPOSE } };
    return this.unitOfWork.run(tenant, (tx) => this.audit.appendAll(tx, [unmasked, { action: 'evidence.export', ...bill, detail }]));
  }
}

interface Target {
  type: string;
  id: string;
}

function targetsOf({ bill, receipts }: BillDetail, verifications: readonly VerificationDetail[]): Target[] {
  const attempts = verifications.flatMap((detail) => detail.attempts.map(({ id }) => ({ type: 'attempt', id })));
  return [
    { type: 'bill', id: bill.id },
    ...[...new Set(receipts.map(({ receiptId }) => receiptId))].map((id) => ({ type: 'receipt', id })),
    ...verifications.map(({ verification: { id } }) => ({ type: 'verification', id })),
    ...attempts,
  ];
}

/** Amounts in 分 are written as text: JSON's numbers are floats. */
function jsonPart(name: string, value: unknown): PackPart {
  const text = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one), 2);
  return { name, bytes: Buffer.from(`${text}\n`) };
}
