/** One call as the provider's statement lists it. */
export interface StatementLine {
  /** Its line in the file, from 1, the header's included. */
  line: number;
  atMs: number;
  taskNumber: string | null;
  bill: { billCode: string; billNumber: string } | null;
  /** The other elements, where the statement has them. */
  checkCode: string | null;
  issueDate: string | null;
  totalAmount: string | null;
  code: string | null;
  isCharged: boolean;
  /** In 毫; null where the statement has no fees. */
  feeHao: bigint | null;
}

/** What a column of a statement can hold. */
export const STATEMENT_FIELDS = [
  'time',
  'taskNumber',
  'billCode',
  'billNumber',
  'checkCode',
  'issueDate',
  'totalAmount',
  'code',
  'charged',
  'fee',
] as const;
export type StatementField = (typeof STATEMENT_FIELDS)[number];

/** A row that cannot be read, and the column that is to blame. Its call is nobody's: it is reported, never guessed. */
export interface UnreadableRow {
  line: number;
  field: StatementField;
}

/** A provider's bill: every row is a line or unreadable. */
export interface Statement {
  lines: StatementLine[];
  unreadable: UnreadableRow[];
}

/** A file that is no statement as a whole. */
export class StatementError extends Error {
  override readonly name = 'StatementError';
}
