import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import { CorrectionStore, OriginalKeys, type Receipt, ReceiptStore, SealedObjects } from '@app/receipts';
import { ObjectNotFoundError } from '@app/storage';
import { type Verification, verdictOf, VerificationStore } from '@app/verification';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Clock } from '../retention/clock';
import { ExportParts } from './export-parts';
import { SubjectMatch } from './subject-match';
import type { ExportPart, SubjectRequest } from './subject-request';
import { SubjectRequestStore } from './subject-request.store';

interface Withheld {
  record: string;
  reason: string;
}

/**
 * Makes the copy that a person asked for: what was read of the bills that name them, what providers told, and the documents, in sealed parts of
 * bounded size. What names somebody else as well is not handed out: of a reading only the person's own bills, of such a document nothing.
 */
@Injectable()
export class SubjectExporting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly receipts: ReceiptStore,
    private readonly corrections: CorrectionStore,
    private readonly verifications: VerificationStore,
    private readonly keys: OriginalKeys,
    private readonly objects: SealedObjects,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /**
   * Killed anywhere, it is called again and begins anew. Each try has a folder of its own: should two workers be at it, neither writes over
   * nor removes what the other one made. @throws whatever stopped it
   */
  async export(tenant: TenantContext, request: SubjectRequest, signal: AbortSignal): Promise<void> {
    const { subject, secret, sealed, suite } = await this.unitOfWork.run(tenant, async (tx) => {
      return { subject: await this.store.subjectOf(tx, request.id), ...(await this.store.newExportSecret(tx, request.id)) };
    });
    // Somebody closed it meanwhile.
    if (subject === null) return;
    if (request.found === null) throw new RangeError(`request ${request.id} has nothing to export`);
    const match = new SubjectMatch(subject);
    const parts: ExportPart[] = [];
    const withheld: Withheld[] = [];
    const { reference, openedAt, id: requestId } = request;
    const facts = { format: 'piaoyan-subject-export/1', tenantId: tenant.tenantId, requestId, reference, openedAt: openedAt.toISOString() };
    const folder = `subject-exports/${tenant.tenantId}/${requestId}/${uuidv7()}`;
    const out = new ExportParts(facts, async (number, zip) => {
      const key = `${folder}/part-${number}.zip`;
      const stored = await this.objects.put({ tenantId: tenant.tenantId, name: key, secret, suite }, zip);
      parts.push({ key, ...stored });
    });
    for (const id of request.found.receipts) {
      signal.throwIfAborted();
      withheld.push(...(await this.addReceipt(tenant, { id, match, out })));
    }
    for (const id of request.found.verifications) {
      signal.throwIfAborted();
      withheld.push(...(await this.addVerification(tenant, { id, match, out })));
    }
    await out.finish(withheld);
    await this.finish(tenant, request.id, { parts, sealed, withheld: withheld.length });
  }

  private async addReceipt(tenant: TenantContext, { id, match, out }: One): Promise<Withheld[]> {
    const record = `receipt ${id}`;
    const read = await this.unitOfWork.run(tenant, async (tx) => {
      const receipt = await this.receipts.find(tx, id);
      return receipt && { receipt, corrections: await this.corrections.standing(tx, [id]), key: await this.keyOf(tenant, receipt) };
    });
    if (read === null) return [{ record, reason: 'is not there any more' }];
    const { receipt, corrections, key } = read;
    const own = match.billsOf(receipt, corrections);
    const bills = (receipt.reading?.bills ?? []).filter((_bill, at) => own.has(at + 1));
    const corrected = corrections.filter(({ billNumber }) => own.has(billNumber)).map(({ billNumber, fields }) => ({ billNumber, fields }));
    const { mediaType, sha256, createdAt, readAt } = receipt;
    await out.add(jsonFile(`receipts/${id}.json`, { id, mediaType, sha256, uploadedAt: createdAt, readAt, bills, corrections: corrected }));
    if (own.size < (receipt.reading?.bills.length ?? 0)) return [{ record, reason: 'the document names other payers too' }];
    if (key === null) return [{ record, reason: 'the document was erased' }];
    const bytes = await this.objects.read({ tenantId: tenant.tenantId, name: receipt.objectKey, secret: key }).catch(unlessMissing);
    if (bytes === null) return [{ record, reason: 'the document is missing in the object store' }];
    await out.add({ name: `originals/${id}`, bytes, isPacked: true });
    return [];
  }

  private async keyOf(tenant: TenantContext, receipt: Receipt): Promise<Buffer | null> {
    return receipt.originalKeySealed === null ? null : (await this.keys.open(tenant, receipt)).secret;
  }

  private async addVerification(tenant: TenantContext, { id, match, out }: One): Promise<Withheld[]> {
    const verification = await this.unitOfWork.run(tenant, (tx) => this.verifications.find(tx, id));
    if (verification === null) return [{ record: `verification ${id}`, reason: 'is not there any more' }];
    const isOwn = match.isFace(verification.face);
    await out.add(jsonFile(`verifications/${id}.json`, { ...askedOf(verification), face: isOwn ? verification.face : null }));
    return isOwn || verification.face === null ? [] : [{ record: `verification ${id}`, reason: 'the provider named another payer' }];
  }

  private async finish(tenant: TenantContext, id: string, made: { parts: ExportPart[]; sealed: Buffer; withheld: number }): Promise<void> {
    const isKept = await this.unitOfWork.run(tenant, async (tx) => {
      if ((await this.store.lock(tx, id))?.state !== 'exporting') return false;
      await this.store.setExported(tx, id, { ...made, at: this.clock.now() });
      const bytes = made.parts.reduce((sum, { byteSize }) => sum + byteSize, 0);
      const detail = { stage: 'made', parts: made.parts.length, bytes, withheld: made.withheld };
      await this.audit.append(tx, { action: 'subject.export', targetType: 'subject', targetId: id, detail });
      return true;
    });
    if (!isKept) for (const { key } of made.parts) await this.objects.delete(key);
  }
}

interface One {
  id: string;
  match: SubjectMatch;
  out: ExportParts;
}

/** What was asked of a provider about the person's bill, and what came of it. */
function askedOf(verification: Verification): object {
  const { id, provider, billCode, billNumber, checkCode, issueDate, totalAmount, state, outcome, createdAt, finishedAt } = verification;
  const elements = { billCode, billNumber, checkCode, issueDate, totalAmount };
  return { id, provider, elements, state, outcome, verdict: verification.keptVerdict ?? verdictOf(verification), createdAt, finishedAt };
}

/** Amounts in 分 are written as text: JSON's numbers are floats. */
function jsonFile(name: string, value: object): { name: string; bytes: Buffer } {
  const text = JSON.stringify(value, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one), 2);
  return { name, bytes: Buffer.from(`${text}\n`) };
}

function unlessMissing(error: unknown): null {
  if (error instanceof ObjectNotFoundError) return null;
  throw error;
}
