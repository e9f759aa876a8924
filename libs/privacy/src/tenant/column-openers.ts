import type { Tx } from '@app/database';

/** Gives the plain value of a sealed column of a row, under the name that the export uses; null where there is none any more. */
export type ColumnOpener = (tx: Tx, row: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Openers by `table.column`. Whoever seals a column says here how an export opens it. */
export type ColumnOpeners = Readonly<Record<string, ColumnOpener>>;

/** Sealed values without an opener, and what would let somebody act as the tenant: never exported, and named in the manifest. */
const WITHHELD = /(^|_)(sealed|hash|secret|password|wrapped|salt)(_|$)/;

/** Whether a column is left out of an export unless an opener gives its plain value. */
export function isWithheld(column: string): boolean {
  return WITHHELD.test(column);
}
