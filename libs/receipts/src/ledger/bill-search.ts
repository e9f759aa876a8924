import { type BillSort, ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { inTurn } from '../sealing/in-turn';
import type { Bill } from './bill';
import { amountBetween, billConditions, issuedBetween, Values } from './bill-condition';
import { afterCursor, cursorOf, cursorParts, ORDER, orderOf } from './bill-cursor';
import { BILL_COLUMNS, billOf, type BillRow } from './bill-row';
import { BillSecrets } from './bill-secrets';
import { BillTerms } from './bill-terms';
import type { AskedBills, WantedBills } from './wanted-bills';

/** One page of a search: at most `limit` bills after the one that `cursor` names. */
export interface BillSearchPage {
  filter: AskedBills;
  sort: BillSort;
  limit: number;
  cursor?: string | undefined;
}

/** So many bills are looked at in the order asked for before an index is asked. */
const WINDOW = 10_000;
/** Comparing texts costs several times what comparing numbers does. */
const WINDOW_OF_WORDS = 2_000;

/**
 * Finds bills. Under row security an index serves equality and order only, and no planner knows how a tenant's bills lie. So a search first
 * looks at the next bills in the order asked for, which finds all that is common at once; what is not common has few bills, and those are
 * fetched by an index and then ordered. docs/adr/0010 has the measurements.
 */
@Injectable()
export class BillSearch {
  constructor(
    private readonly terms: BillTerms,
    private readonly secrets: BillSecrets,
  ) {}

  /** Bills in descending order, and the cursor of the next page, null when there is none. */
  async page(tx: Tx, asked: BillSearchPage): Promise<{ items: Bill[]; next: string | null }> {
    const page = { ...asked, wanted: await this.terms.wantedBy(tx, asked.filter) };
    const rows = (await this.amongNext(tx, page)) ?? (await this.byWordAlone(tx, page)) ?? (await this.byIndex(tx, page));
    const items = await this.opened(tx, rows.slice(0, page.limit));
    const last = items.at(-1);
    return { items, next: rows.length > page.limit && last !== undefined ? cursorOf(last, page.sort) : null };
  }

  /** The ids of all bills of a filter, newest first. @throws ProblemError `export-too-large` when there are more than `limit` */
  async ids(tx: Tx, filter: AskedBills, limit: number): Promise<string[]> {
    const values = new Values();
    const wanted = await this.terms.wantedBy(tx, filter);
    const conditions = [`b.tenant_id = ${values.add(tx.tenant.tenantId)}`, ...(await this.ledBy(tx, wanted, values))];
    const rows = await tx.manager.query<{ id: string }[]>(
      `select b.id from bill b where ${[...conditions, ...billConditions(wanted, values)].join(' and ')}
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
    return this.opened(tx, rows);
  }

  private async opened(tx: Tx, rows: readonly BillRow[]): Promise<Bill[]> {
    return inTurn(rows, (row) => billOf(this.secrets, tx, row));
  }

  /** The page, where the next `window` bills in the order fill it; null where they do not. A window of null holds all. */
  private async amongNext(tx: Tx, page: WantedPage, window = windowOf(page)): Promise<BillRow[] | null> {
    const { billNumber, checkCode, payer, payerCreditCode, archiveLocation } = page.filter;
    if ([billNumber, checkCode, payer, payerCreditCode, archiveLocation].some((exact) => exact !== undefined)) return null;
    const values = new Values();
    const { wanted, sort, limit } = page;
    const begin = [`b.tenant_id = ${values.add(tx.tenant.tenantId)}`, ...afterCursor(page, values), ...ofOrder(page, values)];
    const conditions = billConditions(wanted, values);
    const order = orderOf(sort, 'b');
    const rows = await tx.manager.query<BillRow[]>(
      window === null
        ? `select ${BILL_COLUMNS} from bill b where ${[...begin, ...conditions].join(' and ')} order by ${order} limit ${values.add(limit + 1)}`
        : `select ${BILL_COLUMNS} from (select * from bill b where ${begin.join(' and ')} order by ${order} limit ${window}) b
           where ${['true', ...conditions].join(' and ')} order by ${order} limit ${values.add(limit + 1)}`,
      values.all,
    );
    return rows.length > limit || conditions.length === 0 || window === null ? rows : null;
  }

  /** The newest bills that have the words, where nothing else is asked; null where something is. */
  private async byWordAlone(tx: Tx, page: WantedPage): Promise<BillRow[] | null> {
    const asked = Object.entries<unknown>({ ...page.filter }).filter(([, value]) => value !== undefined);
    if (page.sort !== 'newest' || asked.length === 0 || asked.some(([name]) => name !== 'q' && name !== 'payee')) return null;
    const terms = await this.terms.rarestOf(tx, page.wanted);
    // What is part of so many texts is soon met.
    if (terms === null) return this.amongNext(tx, page, null);
    return (await this.newestOfEach(tx, page, terms)) ?? this.newestOfAll(tx, page, terms);
  }

  /**
   * Of each term no more bills than a page holds, so that it does not matter how many have it. Null where one of them turns out not to have the
   * words, for then a page may lack another one.
   */
  private async newestOfEach(tx: Tx, page: WantedPage, terms: readonly string[]): Promise<BillRow[] | null> {
    const values = new Values();
    const [tenant, limit] = [values.add(tx.tenant.tenantId), values.add(page.limit + 1)];
    const conditions = billConditions(page.wanted, values).join(' and ');
    const rows = await tx.manager.query<(BillRow & { isFound: boolean })[]>(
      `select ${BILL_COLUMNS}, (${conditions}) as "isFound" from (
         select distinct t.bill_id from unnest(${values.add(terms)}::bigint[]) as w (term), lateral (
           select t.bill_id from bill_term t where t.tenant_id = ${tenant} and t.term = w.term ${termAfter(page, values)}
           order by t.bill_id desc limit ${limit}
         ) t order by t.bill_id desc limit ${limit}
       ) k join bill b on b.tenant_id = ${tenant} and b.id = k.bill_id order by b.id desc`,
      values.all,
    );
    return rows.every(({ isFound }) => isFound) ? rows.map(({ isFound: _, ...row }) => row) : null;
  }

  /** Of the terms every bill there is, looked at one after another until the page is full. */
  private async newestOfAll(tx: Tx, page: WantedPage, terms: readonly string[]): Promise<BillRow[]> {
    const values = new Values();
    const tenant = values.add(tx.tenant.tenantId);
    return tx.manager.query<BillRow[]>(
      `select ${BILL_COLUMNS} from (
         select distinct t.bill_id from bill_term t where t.tenant_id = ${tenant} and t.term = any(${values.add(terms)}::bigint[])
           ${termAfter(page, values)} order by t.bill_id desc offset 0
       ) k join bill b on b.tenant_id = ${tenant} and b.id = k.bill_id
       where ${billConditions(page.wanted, values).join(' and ')} order by k.bill_id desc limit ${values.add(page.limit + 1)}`,
      values.all,
    );
  }

  /** The page by way of the bills that an index gives for the filter. */
  private async byIndex(tx: Tx, page: WantedPage): Promise<BillRow[]> {
    const values = new Values();
    const { wanted, sort, limit } = page;
    const tenant = values.add(tx.tenant.tenantId);
    const led = await this.ledBy(tx, wanted, values);
    const conditions = [`b.tenant_id = ${tenant}`, ...afterCursor(page, values), ...led, ...billConditions(wanted, values)];
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
  private async ledBy(tx: Tx, wanted: WantedBills, values: Values): Promise<string[]> {
    const terms = await this.terms.rarestOf(tx, wanted);
    if (terms === null) return [];
    const given = `${values.add(tx.tenant.tenantId)} and t.term = any(${values.add(terms)}::bigint[])`;
    return [`b.id in (select t.bill_id from bill_term t where t.tenant_id = ${given})`];
  }
}

interface WantedPage extends BillSearchPage {
  wanted: WantedBills;
}

function windowOf({ wanted }: WantedPage): number | null {
  return wanted.words.length > 0 ? WINDOW_OF_WORDS : WINDOW;
}

function termAfter({ sort, cursor }: BillSearchPage, values: Values): string {
  return cursor === undefined ? '' : `and t.bill_id < ${values.add(cursorParts(cursor, sort).id)}::uuid`;
}

/** Conditions on the column of the order, which let the look begin where they do. */
function ofOrder({ filter, sort }: BillSearchPage, values: Values): string[] {
  if (sort === 'issueDate') return issuedBetween(filter, values);
  return sort === 'amount' ? amountBetween(filter, values) : [];
}
