import { type BillSort, IssueDate, ProblemError } from '@app/contracts';
import type { Bill } from './bill';
import type { Values } from './bill-condition';
import { NO_AMOUNT, NO_DAY } from './bill-row';

/** A place in a list of bills. */
export interface Place {
  sort: BillSort;
  cursor?: string | undefined;
}

/** The column that each order goes by, before the id. */
export const ORDER: Readonly<Record<BillSort, { column: string; type: string }>> = {
  newest: { column: 'id', type: 'uuid' },
  issueDate: { column: 'issue_date', type: 'date' },
  amount: { column: 'amount_fen', type: 'bigint' },
};

/** The order, descending, of the table or alias. */
export function orderOf(sort: BillSort, alias: string): string {
  return sort === 'newest' ? `${alias}.id desc` : `${alias}.${ORDER[sort].column} desc, ${alias}.id desc`;
}

/** That a bill comes after the one that the cursor names. */
export function afterCursor({ sort, cursor }: Place, values: Values): string[] {
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

/** What the order goes by, and the id, of the bill that a cursor names. @throws ProblemError `invalid-field` */
export function cursorParts(cursor: string, sort: BillSort): { place: string; id: string } {
  const [, place, id] = CURSOR[sort].exec(cursor) ?? [];
  const isDay = sort !== 'issueDate' || place === NO_DAY || IssueDate.safeParse(place).success;
  if (place === undefined || id === undefined || !isDay) {
    throw new ProblemError('invalid-field', { errors: [{ field: 'cursor', message: 'must be the next of a page with the same sort' }] });
  }
  return { place, id };
}

/** The name of a bill's place in the order. */
export function cursorOf({ id, issueDate, amountFen }: Bill, sort: BillSort): string {
  if (sort === 'newest') return id;
  return `${sort === 'issueDate' ? (issueDate ?? NO_DAY) : (amountFen?.toString() ?? NO_AMOUNT)}.${id}`;
}
