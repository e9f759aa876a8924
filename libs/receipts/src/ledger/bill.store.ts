import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { inTurn } from '../sealing/in-turn';
import type { Bill, BillElements } from './bill';
import { BILL_COLUMNS, billOf, type BillRow, elementValues } from './bill-row';
import { BillSecrets } from './bill-secrets';
import { ADD_WORDS, CHANGE, CHANGE_WITH_WORDS, HOLD, OPEN } from './bill-statements';
import type { BillWords } from './bill-words';

/** That a receipt shows a bill, with the elements that were read there. */
export interface BillLink extends BillElements {
  receiptId: string;
  /** Which bill of the reading, from 1. */
  billIndex: number;
  reading: Bill['reading'];
}

/** A bill as it is to be kept, the words it is found by, and the receipt that shows it, where one came. */
export interface BillNote {
  bill: Bill;
  words: BillWords;
  link: BillLink | null;
}

/** Writes of the ledger: each method is one statement. A foreign tenant's bills are simply not found. */
@Injectable()
export class BillStore {
  constructor(private readonly secrets: BillSecrets) {}

  /**
   * Adds the bill, or gives the one there is of its code and number, held against other writers until the transaction ends.
   * `isLinked` says whether the receipt is known to show it.
   */
  async open(tx: Tx, fresh: Bill, receiptId: string | null): Promise<{ bill: Bill; isNew: boolean; isLinked: boolean }> {
    const rows = await tx.manager.query<OpenedRow[]>(OPEN, [
      ...[tx.tenant.tenantId, fresh.id, fresh.billCode, fresh.billNumber, ...(await this.changing(tx, fresh))],
      ...[fresh.isContradicted, fresh.receiptCount, fresh.firstSeenAt, receiptId],
    ]);
    const [row] = rows;
    if (row === undefined) throw new Error('an upsert of a bill gave no row');
    return { ...(await this.opened(tx, row)), isNew: row.id === fresh.id };
  }

  /** What `open` gives where the bill is there already, without a write; null where there is none yet. */
  async hold(tx: Tx, fresh: Bill, receiptId: string | null): Promise<{ bill: Bill; isNew: false; isLinked: boolean } | null> {
    const [row] = await tx.manager.query<OpenedRow[]>(HOLD, [tx.tenant.tenantId, fresh.billCode, fresh.billNumber, receiptId]);
    return row === undefined ? null : { ...(await this.opened(tx, { ...row, lastSeenAt: fresh.lastSeenAt })), isNew: false };
  }

  async setOrigin(tx: Tx, id: string, { originalKind, archiveLocation }: Pick<Bill, 'originalKind' | 'archiveLocation'>): Promise<void> {
    await tx.manager.query('update bill set original_kind = $3, archive_location = $4 where tenant_id = $1 and id = $2', [
      ...[tx.tenant.tenantId, id, originalKind, archiveLocation],
    ]);
  }

  /** The words of a bill that was just added, and the receipt that shows it; nothing to do where there is neither. */
  async addWords(tx: Tx, note: BillNote): Promise<void> {
    if (isBare(note)) return;
    await tx.manager.query(ADD_WORDS, [...placeOf(tx, note), ...(await this.linkAndWords(tx, note))]);
  }

  /** Keeps all that changed of a held bill. How many receipts show it, and whether one contradicts it, is counted from them. */
  async change(tx: Tx, note: BillNote): Promise<void> {
    const values = [...placeOf(tx, note), ...(await this.changing(tx, note.bill)), note.bill.isContradicted];
    // Most verifications bring neither: the tables of words then need not be opened.
    if (isBare(note)) await tx.manager.query(CHANGE, values);
    else await tx.manager.query(CHANGE_WITH_WORDS, [...values, ...(await this.linkAndWords(tx, note))]);
  }

  async find(tx: Tx, id: string): Promise<Bill | null> {
    return this.byId(tx, id, '');
  }

  /** The row, held against other writers until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<Bill | null> {
    return this.byId(tx, id, 'for update');
  }

  /** The bills that a receipt is known to show. */
  async linksOf(tx: Tx, receiptId: string): Promise<{ billId: string; billIndex: number }[]> {
    return tx.manager.query(
      `select bill_id as "billId", bill_index as "billIndex" from bill_receipt where tenant_id = $1 and receipt_id = $2`,
      [tx.tenant.tenantId, receiptId],
    );
  }

  async countReceipts(tx: Tx, id: string): Promise<number> {
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(distinct receipt_id)::int as count from bill_receipt where tenant_id = $1 and bill_id = $2`,
      [tx.tenant.tenantId, id],
    );
    return row?.count ?? 0;
  }

  private async byId(tx: Tx, id: string, locking: string): Promise<Bill | null> {
    const [row] = await tx.manager.query<BillRow[]>(`select ${BILL_COLUMNS} from bill b where b.tenant_id = $1 and b.id = $2 ${locking}`, [
      tx.tenant.tenantId,
      id,
    ]);
    return row === undefined ? null : billOf(this.secrets, tx, row);
  }

  private async opened(tx: Tx, { isLinked, ...columns }: OpenedRow): Promise<{ bill: Bill; isLinked: boolean }> {
    return { bill: await billOf(this.secrets, tx, columns), isLinked };
  }

  /** The columns that notes change, in the order of the statements. */
  private async changing(tx: Tx, bill: Bill): Promise<unknown[]> {
    const { id, checkCode } = bill;
    return [
      ...[await this.secrets.sealCheckCode(tx, id, checkCode), await this.secrets.checkCodeHash(tx, checkCode), ...elementValues(bill)],
      ...[bill.kind, bill.title, bill.payee, bill.reading, bill.state, bill.verdict],
      ...[bill.verificationState, bill.outcome, bill.verificationId, bill.verifiedAt],
      ...[bill.reversed, bill.accounted, bill.printed, bill.texts, bill.itemTerms, bill.nameTerms],
      ...[bill.payerHash, bill.payerCodeHash, bill.lastSeenAt],
    ];
  }

  /** The last ten parameters. */
  private async linkAndWords(tx: Tx, { words, link }: BillNote): Promise<unknown[]> {
    const checkCodeHash = link === null ? null : await this.secrets.checkCodeHash(tx, link.checkCode);
    const shown = link === null ? [null, null, null, null] : [checkCodeHash, ...elementValues(link), link.reading];
    const texts = [words.shared.map(({ field }) => field), words.shared.map(({ term }) => term), words.shared.map(({ text }) => text)];
    const sealed = await inTurn(words.items, (item) => this.secrets.sealItem(tx, item));
    return [...shown, ...texts, words.items.map(({ term }) => term), sealed, words.terms];
  }
}

type OpenedRow = BillRow & { isLinked: boolean };

function isBare({ words, link }: BillNote): boolean {
  return link === null && words.terms.length === 0 && words.shared.length === 0;
}

/** Parameters 1 to 4. */
function placeOf(tx: Tx, { bill, link }: BillNote): unknown[] {
  return [tx.tenant.tenantId, bill.id, link?.receiptId ?? null, link?.billIndex ?? null];
}
