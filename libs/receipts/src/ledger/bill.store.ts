import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Bill, BillElements } from './bill';
import { BILL_COLUMNS, billOf, type BillRow, elementValues } from './bill-row';
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

const LINKED = `linked as (
  insert into bill_receipt (tenant_id, bill_id, receipt_id, bill_index, check_code, issue_date, amount_fen, reading)
  select $1::uuid, $2::uuid, $3::uuid, $4::integer, $5::text, $6::date, $7::bigint, $8::text where $3::uuid is not null
  on conflict (tenant_id, receipt_id, bill_index) do update set bill_id = excluded.bill_id, check_code = excluded.check_code,
    issue_date = excluded.issue_date, amount_fen = excluded.amount_fen, reading = excluded.reading)`;

// In the order of the numbers: two writers of the same new texts then wait for one another, and never in a circle.
const SHARED = `shared as (
  insert into bill_text (tenant_id, field, term, text)
  select $1::uuid, s.field, s.term, s.text from unnest($9::text[], $10::bigint[], $11::text[]) as s (field, term, text) order by s.term
  on conflict do nothing)`;

const TERMS = `insert into bill_term (tenant_id, term, bill_id)
  select $1::uuid, t.term, $2::uuid from unnest($12::bigint[]) as t (term) order by t.term on conflict do nothing`;

const CHANGED = `changed as (
  update bill set check_code = $13, issue_date = $14, amount_fen = $15, kind = $16, title = $17, payee = $18, reading = $19, state = $20,
    verdict = $21::text, verification_state = $22, outcome = $23, verification_id = $24, verified_at = $25, reversed = $26, accounted = $27,
    printed = $28, texts = $29, file_words = $30, last_seen_at = $31,
    is_contradicted = $32 or ($21::text in ('valid', 'reversalNotProvided', 'reversed') and exists (
      select from bill_receipt l where l.tenant_id = $1 and l.bill_id = $2 and l.reading = 'certain'
        and (l.receipt_id, l.bill_index) is distinct from ($3::uuid, $4::integer)
        and (l.check_code, l.issue_date, l.amount_fen) is distinct from ($13, $14::date, $15::bigint))),
    receipt_count = (select count(distinct l.receipt_id) from bill_receipt l
        where l.tenant_id = $1 and l.bill_id = $2 and l.receipt_id is distinct from $3::uuid) + case when $3::uuid is null then 0 else 1 end
  where tenant_id = $1 and id = $2)`;

/** Writes of the ledger: each method is one statement. A foreign tenant's bills are simply not found. */
@Injectable()
export class BillStore {
  /**
   * Adds the bill, or gives the one there is of its code and number, held against other writers until the transaction ends.
   * `isLinked` says whether the receipt is known to show it.
   */
  async open(tx: Tx, fresh: Bill, receiptId: string | null): Promise<{ bill: Bill; isNew: boolean; isLinked: boolean }> {
    const rows = await tx.manager.query<(BillRow & { isLinked: boolean })[]>(
      `insert into bill as b (tenant_id, id, bill_code, bill_number, check_code, issue_date, amount_fen, kind, title, payee, reading, state,
         verdict, verification_state, outcome, verification_id, verified_at, reversed, accounted, printed, texts, file_words, last_seen_at,
         is_contradicted, receipt_count, first_seen_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)
       on conflict (tenant_id, bill_code, bill_number) do update set last_seen_at = excluded.last_seen_at
       returning ${BILL_COLUMNS}, exists (
         select from bill_receipt l where l.tenant_id = b.tenant_id and l.receipt_id = $27::uuid and l.bill_id = b.id) as "isLinked"`,
      [
        ...[tx.tenant.tenantId, fresh.id, fresh.billCode, fresh.billNumber, ...changing(fresh)],
        ...[fresh.isContradicted, fresh.receiptCount, fresh.firstSeenAt, receiptId],
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('an upsert of a bill gave no row');
    const { isLinked, ...columns } = row;
    return { bill: billOf(columns), isNew: row.id === fresh.id, isLinked };
  }

  /** The words of a bill that was just added, and the receipt that shows it. */
  async addWords(tx: Tx, note: BillNote): Promise<void> {
    await tx.manager.query(`with ${LINKED}, ${SHARED} ${TERMS}`, wordsAndLink(tx, note));
  }

  /** Keeps all that changed of a held bill. How many receipts show it, and whether one contradicts it, is counted from them. */
  async change(tx: Tx, note: BillNote): Promise<void> {
    const values = [...wordsAndLink(tx, note), ...changing(note.bill), note.bill.isContradicted];
    await tx.manager.query(`with ${LINKED}, ${SHARED}, ${CHANGED} ${TERMS}`, values);
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
    return row === undefined ? null : billOf(row);
  }
}

/** Parameters 1 to 12. */
function wordsAndLink(tx: Tx, { bill, words, link }: BillNote): unknown[] {
  const shown =
    link === null ? [null, null, null, null, null, null] : [link.receiptId, link.billIndex, ...elementValues(link), link.reading];
  const shared = [words.shared.map(({ field }) => field), words.shared.map(({ term }) => term), words.shared.map(({ text }) => text)];
  return [tx.tenant.tenantId, bill.id, ...shown, ...shared, words.terms];
}

/** The 19 columns that notes change. */
function changing(bill: Bill): unknown[] {
  return [
    ...elementValues(bill),
    ...[bill.kind, bill.title, bill.payee, bill.reading, bill.state, bill.verdict],
    ...[bill.verificationState, bill.outcome, bill.verificationId, bill.verifiedAt],
    ...[bill.reversed, bill.accounted, bill.printed, bill.texts, bill.fileWords, bill.lastSeenAt],
  ];
}
