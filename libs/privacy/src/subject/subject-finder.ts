import type { Tx } from '@app/database';
import { type BillSecrets, type CorrectionStore, partyText, type ReceiptStore } from '@app/receipts';
import type { VerificationStore } from '@app/verification';

/** Records that name a person. */
export interface SubjectRecords {
  receipts: string[];
  verifications: string[];
}

/** More than this names no person any more. */
const MOST = 10_000;
const AT_ONCE = 100;

/**
 * What names exactly this payer: as read, as a person corrected it, or as the provider told it. The keyed hash of the ledger leads to the
 * bills, and so to what shows or verified them; what is found is opened and compared, for two documents of one bill may name two payers.
 * Readings that belong to no bill of the ledger, since no code and number could be read, are opened all.
 */
export class SubjectFinder {
  constructor(
    private readonly stores: {
      receipts: ReceiptStore;
      corrections: CorrectionStore;
      verifications: VerificationStore;
      secrets: BillSecrets;
    },
  ) {}

  async find(tx: Tx, payer: string): Promise<SubjectRecords> {
    const wanted = partyText(payer);
    const hash = await this.stores.secrets.payerHash(tx, payer);
    if (wanted === null || hash === null) return { receipts: [], verifications: [] };
    const receipts = new Set(await this.receipts(tx, wanted, hash));
    const verifications: string[] = [];
    const told = await this.told(tx, { hash, receipts: [...receipts] });
    for (let at = 0; at < told.length; at += AT_ONCE) {
      for (const { id, receiptId, face } of await this.stores.verifications.byIds(tx, told.slice(at, at + AT_ONCE))) {
        const isNamed = partyText(face?.payer) === wanted;
        if (isNamed || (receiptId !== null && receipts.has(receiptId))) verifications.push(id);
        if (isNamed && receiptId !== null) receipts.add(receiptId);
      }
    }
    return { receipts: await this.notErased(tx, [...receipts]), verifications: verifications.sort() };
  }

  private async receipts(tx: Tx, wanted: string, hash: Buffer): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select r.id from receipt r where r.tenant_id = $1 and r.reading_sealed is not null and (
         exists (select from bill_receipt l join bill b on b.tenant_id = l.tenant_id and b.id = l.bill_id
           where l.tenant_id = r.tenant_id and l.receipt_id = r.id and b.payer_hash = $2)
         or not exists (select from bill_receipt l where l.tenant_id = r.tenant_id and l.receipt_id = r.id))
       order by r.id limit ${MOST}`,
      [tx.tenant.tenantId, hash],
    );
    const found: string[] = [];
    for (const { id } of rows) if (await this.names(tx, id, wanted)) found.push(id);
    return found;
  }

  private async names(tx: Tx, receiptId: string, wanted: string): Promise<boolean> {
    const receipt = await this.stores.receipts.find(tx, receiptId);
    if (receipt?.reading?.bills.some(({ fields }) => partyText(fields.payer?.value) === wanted) === true) return true;
    const corrections = await this.stores.corrections.standing(tx, [receiptId]);
    return corrections.some(({ fields }) => partyText(fields.payer?.to) === wanted);
  }

  /** Verifications with a face, of these receipts or of a bill that the payer paid. */
  private async told(tx: Tx, { hash, receipts }: { hash: Buffer; receipts: readonly string[] }): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select v.id from verification v where v.tenant_id = $1 and v.finished_at is not null and v.detail_erased_at is null and (
         v.receipt_id = any($3::uuid[]) or exists (select from bill b where b.tenant_id = v.tenant_id and b.payer_hash = $2
           and b.bill_code = v.bill_code and b.bill_number = v.bill_number))
       order by v.id limit ${MOST}`,
      [tx.tenant.tenantId, hash, receipts],
    );
    return rows.map(({ id }) => id);
  }

  private async notErased(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select id from receipt where tenant_id = $1 and id = any($2::uuid[])
       and (original_erased_at is null or personal_erased_at is null) order by id`,
      [tx.tenant.tenantId, ids],
    );
    return rows.map(({ id }) => id);
  }
}
