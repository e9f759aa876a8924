import { AuditLog, type AuditRecord } from '@app/audit';
import { type BillReading, type CorrectionRequest, FieldName, ProblemError, REVIEW_PURPOSE } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { isPersonalField, meantValue } from '@app/masking';
import { Injectable } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';
import { BillLedger } from '../ledger/bill-ledger';
import type { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';
import { Correction } from './correction.entity';
import { CorrectionStore } from './correction.store';

/** PostgreSQL's code for a row that exists already. */
const UNIQUE_VIOLATION = '23505';

/** One bill of a receipt, numbered from 1. */
export interface BillOfReceipt {
  receiptId: string;
  billNumber: number;
}

/** Keeps what people correct and confirm beside what the machine read. */
@Injectable()
export class Corrections {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly receipts: ReceiptStore,
    private readonly store: CorrectionStore,
    private readonly audit: AuditLog,
    private readonly ledger: BillLedger,
  ) {}

  /**
   * Keeps a review of a bill as its next version. The same review given again by the same actor is the same version.
   * @throws ProblemError `correction-outdated` when another version stands than the reviewer saw, or for a receipt without such a bill
   */
  async correct(tenant: TenantContext, bill: BillOfReceipt, request: CorrectionRequest): Promise<Correction> {
    try {
      return await this.unitOfWork.run(tenant, (tx) => this.record(tx, bill, request));
    } catch (error) {
      if (isTaken(error)) throw new ProblemError('correction-outdated', { cause: error });
      throw error;
    }
  }

  private async record(tx: Tx, bill: BillOfReceipt, request: CorrectionRequest): Promise<Correction> {
    const { receipt, reading } = billOf(await this.receipts.find(tx, bill.receiptId), bill.billNumber);
    const corrections = await this.store.standing(tx, [bill.receiptId]);
    const standing = corrections.find(({ billNumber }) => billNumber === bill.billNumber);
    const next = newCorrection(tx.tenant, { bill, reading, request: meant(request, reading, standing) });
    if (hasPersonal(next)) await this.audit.append(tx, seenInReview(bill.receiptId));
    if (standing && isSameReview(standing, next)) return standing;
    if ((standing?.version ?? 0) !== request.basedOn) throw new ProblemError('correction-outdated');
    await this.store.insert(tx, next);
    await this.audit.append(tx, { action: 'receipt.correct', targetType: 'receipt', targetId: bill.receiptId, detail: namesOf(next) });
    await this.ledger.noteCorrection(tx, receipt, next);
    return next;
  }
}

function billOf(receipt: Receipt | null, billNumber: number): { receipt: Receipt; reading: BillReading } {
  if (receipt === null) throw new ProblemError('not-found');
  if (receipt.state === 'queued') throw new ProblemError('receipt-not-read');
  if (receipt.personalErasedAt !== null) {
    throw new ProblemError('erased', {
      detail: `Erased on ${receipt.personalErasedAt.toISOString()} by ${receipt.personalErasedBy ?? ''}`,
    });
  }
  const bill = receipt.reading?.bills[billNumber - 1];
  if (bill === undefined) throw new ProblemError('not-found');
  return { receipt, reading: bill };
}

/** Who corrects one field may have been shown the others masked. */
function meant(request: CorrectionRequest, reading: BillReading, standing: Correction | undefined): CorrectionRequest {
  const fields = FieldName.options.flatMap((name) => {
    const said = request.fields[name];
    if (said === undefined) return [];
    return [[name, meantValue(name, said, standing?.fields[name]?.to ?? readValue(reading, name))] as const];
  });
  return { ...request, fields: Object.fromEntries(fields) };
}

function newCorrection(
  { tenantId, actor }: TenantContext,
  { bill, reading, request }: { bill: BillOfReceipt; reading: BillReading; request: CorrectionRequest },
): Correction {
  const fields = FieldName.options.flatMap((name) => {
    const to = request.fields[name];
    return to === undefined ? [] : [[name, { from: readValue(reading, name), to }] as const];
  });
  return Object.assign(new Correction(), {
    tenantId,
    ...bill,
    version: request.basedOn + 1,
    fields: Object.fromEntries(fields),
    createdBy: actor.id,
    createdByName: actor.name,
    createdAt: new Date(),
  });
}

/** What the machine stands by: of an element what it would verify, which a doubtful field is not. */
function readValue({ elements, fields }: BillReading, name: FieldName): string | null {
  return name in elements ? elements[name as keyof typeof elements] : (fields[name]?.value ?? null);
}

/** The answer shows a reviewer what stands, unmasked: no record, no value. */
function seenInReview(targetId: string): AuditRecord {
  return { action: 'personal.unmask', targetType: 'receipt', targetId, detail: { purpose: REVIEW_PURPOSE } };
}

const hasPersonal = ({ fields }: Correction): boolean =>
  FieldName.options.some((name) => fields[name] !== undefined && isPersonalField(name));

/** An answer that was lost on its way makes a client ask again. */
function isSameReview(standing: Correction, next: Correction): boolean {
  const said = ({ version, createdBy, fields }: Correction) =>
    JSON.stringify([version, createdBy, FieldName.options.map((name) => fields[name]?.to ?? null)]);
  return said(standing) === said(next);
}

/** Names only: the audit never holds what stands on a bill. */
function namesOf({ billNumber, version, fields }: Correction): Record<string, string | number> {
  const names = FieldName.options.filter((name) => fields[name] !== undefined);
  const isChanged = (name: FieldName): boolean => fields[name]?.from !== fields[name]?.to;
  return {
    bill: billNumber,
    version,
    changed: names.filter(isChanged).join(','),
    confirmed: names.filter((name) => !isChanged(name)).join(','),
  };
}

function isTaken(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION;
}
