import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Bill } from '../ledger/bill';
import { billWords } from '../ledger/bill-words';
import { BillStore } from '../ledger/bill.store';

/**
 * Takes from the ledger's search what tells of a person: names of items, which reveal a diagnosis, and words of file names. Payee, title and
 * voucher stay, and so does the bill.
 */
@Injectable()
export class BillWordErasure {
  constructor(private readonly bills: BillStore) {}

  /** Of every bill that the receipt shows. */
  async ofReceipt(tx: Tx, receiptId: string): Promise<void> {
    const links = await this.bills.linksOf(tx, receiptId);
    for (const billId of [...new Set(links.map((link) => link.billId))].sort()) await this.ofBill(tx, await this.bills.lock(tx, billId));
  }

  /** Of the bill of a code and number, where the ledger has one. */
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
    const kept = billWords({ payee, others: [title], names: booking === null ? [] : [booking.voucher] });
    await tx.manager.query('update bill set texts = $3, file_words = $4 where tenant_id = $1 and id = $2', [
      ...[tx.tenant.tenantId, bill.id, kept.texts, kept.fileWords],
    ]);
    await tx.manager.query('delete from bill_term where tenant_id = $1 and bill_id = $2 and not (term = any($3::bigint[]))', [
      ...[tx.tenant.tenantId, bill.id, kept.terms],
    ]);
  }
}
