import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Bill } from '../ledger/bill';
import { BillSecrets } from '../ledger/bill-secrets';
import { billWords } from '../ledger/bill-words';
import { BillStore } from '../ledger/bill.store';

/** Condition: a reading of the bill `b`, or what a provider told of it, is still kept and may name who paid. */
const NAMES_PAYER = `(
  exists (select from bill_receipt l join receipt r on r.tenant_id = l.tenant_id and r.id = l.receipt_id
    where l.tenant_id = b.tenant_id and l.bill_id = b.id and r.reading_sealed is not null)
  or exists (select from verification v where v.tenant_id = b.tenant_id and v.bill_code = b.bill_code and v.bill_number = b.bill_number
    and v.face_sealed is not null))`;

/**
 * Takes from the ledger's search what tells of a person: names of items, which reveal a diagnosis, and words of file names. The payer's hash
 * stays as long as anything names the payer, since a person's records are found by it. Payee, title and voucher stay, and so does the bill.
 */
@Injectable()
export class BillWordErasure {
  constructor(
    private readonly bills: BillStore,
    private readonly secrets: BillSecrets,
  ) {}

  /** Of every bill that the receipt shows. After the reading itself. */
  async ofReceipt(tx: Tx, receiptId: string): Promise<void> {
    const links = await this.bills.linksOf(tx, receiptId);
    for (const billId of [...new Set(links.map((link) => link.billId))].sort()) await this.ofBill(tx, await this.bills.lock(tx, billId));
  }

  /** Of the bill of a code and number, where the ledger has one. After what the provider told. */
  async ofBillCalled(tx: Tx, { billCode, billNumber }: Pick<Bill, 'billCode' | 'billNumber'>): Promise<void> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select id from bill where tenant_id = $1 and bill_code = $2 and bill_number = $3`,
      [tx.tenant.tenantId, billCode, billNumber],
    );
    for (const { id } of rows) await this.ofBill(tx, await this.bills.lock(tx, id));
  }

  private async ofBill(tx: Tx, bill: Bill | null): Promise<void> {
    if (bill === null) return;
    const { payee, title, booking } = bill;
    const secret = await this.secrets.of(tx, { names: booking === null ? [] : [booking.voucher] });
    const kept = billWords({ payee, titles: [title], secret });
    const place = [tx.tenant.tenantId, bill.id];
    await tx.manager.query(
      `update bill b set texts = $3, item_terms = '{}', name_terms = $4,
         payer_hash = case when ${NAMES_PAYER} then payer_hash end, payer_code_hash = case when ${NAMES_PAYER} then payer_code_hash end
       where b.tenant_id = $1 and b.id = $2`,
      [...place, kept.texts, kept.nameTerms],
    );
    await tx.manager.query('delete from bill_term where tenant_id = $1 and bill_id = $2 and not (term = any($3::bigint[]))', [
      ...[...place, kept.terms],
    ]);
    await this.removeItems(tx, bill.itemTerms);
  }

  /** Names of items that no bill has any more. */
  private async removeItems(tx: Tx, terms: readonly string[]): Promise<void> {
    if (terms.length === 0) return;
    await tx.manager.query(
      `delete from bill_item i where i.tenant_id = $1 and i.term = any($2::bigint[])
       and not exists (select from bill_term t where t.tenant_id = i.tenant_id and t.term = i.term)`,
      [tx.tenant.tenantId, terms],
    );
  }
}
