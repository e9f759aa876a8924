import { type BillFilter, type BillSort, IssueDate, ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Bill } from './bill';
import { amountBetween, billConditions, issuedBetween, Values, type WantedWord, wantedWords } from './bill-condition';
import { BILL_COLUMNS, billOf, type BillRow, NO_AMOUNT, NO_DAY } from './bill-row';
import { nameTerm } from './bill-words';

/** One page of a search: at most `limit` bills after the one that `cursor` names. */
export interface BillSearchPage {
  filter: BillFilter;
  sort: BillSort;
  limit: number;
  cursor?: string | undefined;
}

/** So many bills are looked at in the order asked for before an index is asked. */
const WINDOW = 10_000;
/** Comparing texts costs several times what comparing numbers does. */
const WINDOW_OF_WORDS = 2_000;
/** A word that is part of more texts than this leads to too many bills to begin with. */
const MAX_TEXTS_OF_WORD = 2_000;
/** Of two words, the one with fewer bills leads; beyond this many they count as equal. */
const MAX_COUNTED = 5_000;

const ORDER: Readonly<Record<BillSort, { column: string; type: string }>> = {
  newest: { column: 'id', type: 'uuid' },
  issueDate: { column: 'issue_date', type: 'date' },
  amount: { column: 'amount_fen', type: 'bigint' },
};

/**
 * Finds bills. Under row security an index serves equality and order only, and no planner knows how a tenant's bills lie. So a search first
 * looks at the next bills in the order asked for, which finds all that is common at once; what is not common has few bills, and those are
 * fetched by an index and then ordered. docs/adr/0010 has the measurements.
 */
@Injectable()
export class BillSearch {
  /** Bills in descending order, and the cursor of the next page, null when there is none. */
  async page(tx: Tx, page: BillSearchPage): Promise<{ items: Bill[]; next: string | null }> {
    const rows = (await this.amongNext(tx, page)) ?? (await this.byWordAlone(tx, page)) ?? (await this.byIndex(tx, page));
    const items = rows.slice(0, page.limit).map(billOf);
    const last = items.at(-1);
    return { items, next: rows.length > page.limit && last !== undefined ? cursorOf(last, page.sort) : null };
  }

  /** The ids of all bills of a filter, newest first. @throws ProblemError `export-too-large` when there are more than `limit` */
  async ids(tx: Tx, filter: BillFilter, limit: number): Promise<string[]> {
    const values = new Values();
    const conditions = [`b.tenant_id = ${values.add(tx.tenant.tenantId)}`, ...(await this.ledBy(tx, filter, values))];
    const rows = await tx.manager.query<{ id: string }[]>(
      `select b.id from bill b where ${[...conditions, ...billConditions(filter, values)].join(' and ')}
       order by b.id desc limit ${values.add(limit + 1)}`,
      values.all,
    );
    if (rows.length > limit) throw new ProblemError('export-too-large', { detail: `At most ${limit} bills can be exported at once` });
    return rows.map(({ id }) => id);
  }

  /** These bills, newest first. */
  async byIds(tx: Tx, ids: readonly string[]): Promise<Bill[]> {
    const rows = await tx.manager.query<BillRow[]>(
      `select ${BILL_COLUMNS} from bill b where b.tenant_id = $1 and b.id = any($2::uuid[]) order by b.id desc`,
      [tx.tenant.tenantId, ids],
    );
    return rows.map(billOf);
  }

  /** The page, where the next bills in the order fill it; null where they do not. */
  private async amongNext(tx: Tx, page: BillSearchPage): Promise<BillRow[] | null> {
    if (page.filter.billNumber !== undefined || page.filter.checkCode !== undefined) return null;
    const values = new Values();
    const { filter, sort, limit } = page;
    const begin = [`b.tenant_id = ${values.add(tx.tenant.tenantId)}`, ...afterCursor(page, values), ...ofOrder(page, values)];
    const conditions = billConditions(filter, values);
    const rows = await tx.manager.query<BillRow[]>(
      `select ${BILL_COLUMNS} from (
         select * from bill b where ${begin.join(' and ')} order by ${orderOf(sort, 'b')} limit ${wantedWords(filter).length > 0 ? WINDOW_OF_WORDS : WINDOW}
       ) b ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`} order by ${orderOf(sort, 'b')} limit ${values.add(limit + 1)}`,
      values.all,
    );
    return rows.length > limit || conditions.length === 0 ? rows : null;
  }

  /** The newest bills that have the words, where nothing else is asked: their ids come from the index alone, and the first ones are enough. */
  private async byWordAlone(tx: Tx, page: BillSearchPage): Promise<BillRow[] | null> {
    const { filter, sort, limit } = page;
    const asked = Object.entries<unknown>(filter).filter(([, value]) => value !== undefined);
    if (sort !== 'newest' || asked.some(([name]) => name !== 'q' && name !== 'payee')) return null;
    const terms = await this.termsOf(tx, filter);
    if (terms === null) return null;
    const values = new Values();
    const tenant = values.add(tx.tenant.tenantId);
    const after = page.cursor === undefined ? '' : `and t.bill_id < ${values.add(cursorParts(page.cursor, sort).id)}::uuid`;
    return tx.manager.query<BillRow[]>(
      `select ${BILL_COLUMNS} from (
         select distinct t.bill_id from bill_term t where t.tenant_id = ${tenant} and t.term = any(${values.add(terms)}::bigint[]) ${after}
         order by t.bill_id desc offset 0
       ) k join bill b on b.tenant_id = ${tenant} and b.id = k.bill_id
       where ${billConditions(filter, values).join(' and ')} order by k.bill_id desc limit ${values.add(limit + 1)}`,
      values.all,
    );
  }

  /** The page by way of the bills that an index gives for the filter. */
  private async byIndex(tx: Tx, page: BillSearchPage): Promise<BillRow[]> {
    const values = new Values();
    const { filter, sort, limit } = page;
    const tenant = values.add(tx.tenant.tenantId);
    const led = await this.ledBy(tx, filter, values);
    const conditions = [`b.tenant_id = ${tenant}`, ...afterCursor(page, values), ...led, ...billConditions(filter, values)];
    const { column } = ORDER[sort];
    // offset 0: the planner must not go through all bills in their order in the hope of meeting enough of them soon. It was tried above.
    return tx.manager.query<BillRow[]>(
      `select ${BILL_COLUMNS} from (
         select k.id from (select b.id, b.${column} as place from bill b where ${conditions.join(' and ')} offset 0) k
         order by k.place desc, k.id desc limit ${values.add(limit + 1)}
       ) k join bill b on b.tenant_id = ${tenant} and b.id = k.id order by ${orderOf(sort, 'b')}`,
      values.all,
    );
  }

  /** That the bill has the rarest of the words, as a condition that an index serves. */
  private async ledBy(tx: Tx, filter: BillFilter, values: Values): Promise<string[]> {
    const terms = await this.termsOf(tx, filter);
    if (terms === null) return [];
    const given = `${values.add(tx.tenant.tenantId)} and t.term = any(${values.add(terms)}::bigint[])`;
    return [`b.id in (select t.bill_id from bill_term t where t.tenant_id = ${given})`];
  }

  /** The terms of the rarest of the words; null when each is too common to begin with, or there is none. */
  private async termsOf(tx: Tx, filter: BillFilter): Promise<string[] | null> {
    const choices: string[][] = [];
    for (const word of wantedWords(filter)) choices.push(...(await this.termsOfWord(tx, word)));
    return this.rarest(tx, choices);
  }

  /** The terms of the texts and names that hold the word, as the one choice; none when there are too many. */
  private async termsOfWord(tx: Tx, word: WantedWord): Promise<string[][]> {
    const rows = await tx.manager.query<{ term: string }[]>(
      `select t.term from bill_text t where t.tenant_id = $1 ${word.isPayee ? "and t.field = 'payee'" : ''}
       and position($2 in t.text) > 0 limit ${MAX_TEXTS_OF_WORD + 1}`,
      [tx.tenant.tenantId, word.text],
    );
    if (rows.length > MAX_TEXTS_OF_WORD) return [];
    return [[...rows.map(({ term }) => term), ...(word.isPayee ? [] : [nameTerm(word)])]];
  }

  /** The choice with the fewest bills. */
  private async rarest(tx: Tx, choices: readonly string[][]): Promise<string[] | null> {
    if (choices.length < 2) return choices[0] ?? null;
    let rarest = { terms: choices[0] ?? [], count: Infinity };
    for (const terms of choices) {
      const count = await this.count(tx, terms);
      if (count < rarest.count) rarest = { terms, count };
    }
    return rarest.terms;
  }

  private async count(tx: Tx, terms: readonly string[]): Promise<number> {
    const [row] = await tx.manager.query<{ count: number }[]>(
      `select count(*)::int as count from (
         select from bill_term t where t.tenant_id = $1 and t.term = any($2::bigint[]) limit ${MAX_COUNTED}) k`,
      [tx.tenant.tenantId, terms],
    );
    return row?.count ?? 0;
  }
}

/** Conditions on the column of the order, which let the look begin where they do. */
function ofOrder({ filter, sort }: BillSearchPage, values: Values): string[] {
  if (sort === 'issueDate') return issuedBetween(filter, values);
  return sort === 'amount' ? amountBetween(filter, values) : [];
}

function orderOf(sort: BillSort, alias: string): string {
  return sort === 'newest' ? `${alias}.id desc` : `${alias}.${ORDER[sort].column} desc, ${alias}.id desc`;
}

function afterCursor({ sort, cursor }: BillSearchPage, values: Values): string[] {
  if (cursor === undefined) return [];
  const { place, id } = cursorParts(cursor, sort);
  if (sort === 'newest') return [`b.id < ${values.add(id)}::uuid`];
  const { column, type } = ORDER[sort];
  return [`(b.${column}, b.id) < (${values.add(place)}::${type}, ${values.add(id)}::uuid)`];
}

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const CURSOR: Readonly<Record<BillSort, RegExp>> = {
  newest: new RegExp(`^()(${UUID})$`),
  issueDate: new RegExp(`^(\\d{4}-\\d{2}-\\d{2})\\.(${UUID})$`),
  amount: new RegExp(`^(-1|\\d{1,18})\\.(${UUID})$`),
};

function cursorParts(cursor: string, sort: BillSort): { place: string; id: string } {
  const [, place, id] = CURSOR[sort].exec(cursor) ?? [];
  const isDay = sort !== 'issueDate' || place === NO_DAY || IssueDate.safeParse(place).success;
  if (place === undefined || id === undefined || !isDay) {
    throw new ProblemError('invalid-field', { errors: [{ field: 'cursor', message: 'must be the next of a page with the same sort' }] });
  }
  return { place, id };
}

function cursorOf({ id, issueDate, amountFen }: Bill, sort: BillSort): string {
  if (sort === 'newest') return id;
  return `${sort === 'issueDate' ? (issueDate ?? NO_DAY) : (amountFen?.toString() ?? NO_AMOUNT)}.${id}`;
}
