import { type SealedColumn, textOf } from '@app/keyring';
import { RECEIPT_COLUMNS } from '@app/receipts';
import { VERIFICATION_COLUMNS } from '@app/verification';
import { subjectPlace } from '../subject/subject-request.store';

const SUBJECT_COLUMN: SealedColumn = {
  name: 'subject_request.subject_sealed',
  form: 'json',
  place: (row) => subjectPlace(textOf(row, 'id')),
};

/** Sealed columns whose plain values are exported, as the rooms that seal them list them. */
export const OPENED_COLUMNS: ReadonlyMap<string, SealedColumn> = new Map(
  [...RECEIPT_COLUMNS, ...VERIFICATION_COLUMNS, SUBJECT_COLUMN].map((column) => [column.name, column]),
);

/** Sealed values that no room lists, and what would let somebody act as the tenant: never exported, and named in the manifest. */
const WITHHELD = /(^|_)(sealed|hash|secret|password|wrapped|salt)(_|$)/;

/** Whether a column is left out of an export unless its plain value is exported in its place. */
export function isWithheld(column: string): boolean {
  return WITHHELD.test(column);
}
