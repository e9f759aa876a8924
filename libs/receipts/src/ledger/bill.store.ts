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

// `at` is the number of a part's first parameter of its own. Each statement has the tenant, the bill, and the receipt and its bill index before.
const linked = (at: number): string => `linked as (
  insert into bill_receipt (tenant_id, bill_id, receipt_id, bill_index, check_code, issue_date, amount_fen, reading)
  select $1::uuid, $2::uuid, $3::uuid, $4::integer, $${at}::text, $${at + 1}::date, $${at + 2}::bigint, $${at + 3}::text
  where $3::uuid is not null
  on conflict (tenant_id, receipt_id, bill_index) do update set bill_id = excluded.bill_id, check_code = excluded.check_code,
    issue_date = excluded.issue_date, amount_fen = excluded.amount_fen, reading = excluded.reading)`;

// In the order of the numbers: two writers of the same new texts then wait for one another, and never in a circle.
const shared = (at: number): string => `shared as (
  insert into bill_text (tenant_id, field, term, text)
  select $1::uuid, s.field, s.term, s.text
  from unnest($${at}::text[], $${at + 1}::bigint[], $${at + 2}::text[]) as s (field, term, text) order by s.term
  on conflict do nothing)`;

const terms = (at: number): string => `insert into bill_term (tenant_id, term, bill_id)
  select $1::uuid, t.term, $2::uuid from unnest($${at}::bigint[]) as t (term) order by t.term on conflict do nothing`;

const CHANGE = `update bill set check_code = $5, issue_date = $6, amount_fen = $7, kind = $8, title = $9, payee = $10, reading = $11,
    state = $12, verdict = $13::text, verification_state = $14, outcome = $15, verification_id = $16, verified_at = $17, reversed = $18,
    accounted = $19, printed = $20, texts = $21, file_words = $22, last_seen_at = $23,
    is_contradicted = $24 or ($13::text in ('valid', 'reversalNotProvided', 'reversed') and exists (
      select from bill_receipt l where l.tenant_id = $1 and l.bill_id = $2 and l.reading = 'certain'
        and (l.receipt_id, l.bill_index) is distinct from ($3::uuid, $4::integer)
        and (l.check_code, l.issue_date, l.amount_fen) is distinct from ($5, $6::date, $7::bigint))),
    receipt_count = (select count(distinct l.receipt_id) from bill_receipt l
        where l.tenant_id = $1 and l.bill_id = $2 and l.receipt_id is distinct from $3::uuid) + case when $3::uuid is null then 0 else 1 end
  where tenant_id = $1 and id = $2`;

const isLinkedSql = (receipt: string): string =>
  `exists (select from bill_receipt l where l.tenant_id = b.tenant_id and l.receipt_id = ${receipt}::uuid and l.bill_id = b.id) as "isLinked"`;

const ADD_WORDS = `with ${linked(5)}, ${shared(9)} ${terms(12)}`;
const CHANGE_WITH_WORDS = `with ${linked(25)}, ${shared(29)}, changed as (${CHANGE}) ${terms(32)}`;

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
       returning ${BILL_COLUMNS}, ${isLinkedSql('$27')}`,
      [
        ...[tx.tenant.tenantId, fresh.id, fresh.billCode, fresh.billNumber, ...changing(fresh)],
        ...[fresh.isContradicted, fresh.receiptCount, fresh.firstSeenAt, receiptId],
      ],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('an upsert of a bill gave no row');
    return { ...opened(row), isNew: row.id === fresh.id };
  }

  /** What `open` gives where the bill is there already, without a write; null where there is none yet. */
  async hold(tx: Tx, fresh: Bill, receiptId: string | null): Promise<{ bill: Bill; isNew: false; isLinked: boolean } | null> {
    const [row] = await tx.manager.query<(BillRow & { isLinked: boolean })[]>(
      `select ${BILL_COLUMNS}, ${isLinkedSql('$4')} from bill b where b.tenant_id = $1 and b.bill_code = $2 and b.bill_number = $3 for update`,
      [tx.tenant.tenantId, fresh.billCode, fresh.billNumber, receiptId],
    );
    return row === undefined ? null : { ...opened({ ...row, lastSeenAt: fresh.lastSeenAt }), isNew: false };
  }

  /** The words of a bill that was just added, and the receipt that shows it; nothing to do where there is neither. */
  async addWords(tx: Tx, note: BillNote): Promise<void> {
    if (isBare(note)) return;
    await tx.manager.query(ADD_WORDS, [...placeOf(tx, note), ...linkAndWords(note)]);
  }

  /** Keeps all that changed of a held bill. How many receipts show it, and whether one contradicts it, is counted from them. */
  async change(tx: Tx, note: BillNote): Promise<void> {
    const values = [...placeOf(tx, note), ...changing(note.bill), note.bill.isContradicted];
    // Most verifications bring neither: the tables of words then need not be opened.
    if (isBare(note)) await tx.manager.query(CHANGE, values);
    else await tx.manager.query(CHANGE_WITH_WORDS, [...values, ...linkAndWords(note)]);
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

function opened({ isLinked, ...columns }: BillRow & { isLinked: boolean }): { bill: Bill; isLinked: boolean } {
  return { bill: billOf(columns), isLinked };
}

function isBare({ words, link }: BillNote): boolean {
  return link === null && words.terms.length === 0 && words.shared.length === 0;
}

/** Parameters 1 to 4. */
function placeOf(tx: Tx, { bill, link }: BillNote): unknown[] {
  return [tx.tenant.tenantId, bill.id, link?.receiptId ?? null, link?.billIndex ?? null];
}

/** The last eight parameters. */
function linkAndWords({ words, link }: BillNote): unknown[] {
  const shown = link === null ? [null, null, null, null] : [...elementValues(link), link.reading];
  const texts = [words.shared.map(({ field }) => field), words.shared.map(({ term }) => term), words.shared.map(({ text }) => text)];
  return [...shown, ...texts, words.terms];
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
