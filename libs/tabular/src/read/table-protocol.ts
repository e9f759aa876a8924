import type { Table } from './table';
import type { TableErrorCode } from './table.error';
import type { TableLimits } from './table-limits';

/** What the thread is given to read. */
export interface TableOrder {
  bytes: Uint8Array;
  limits: TableLimits;
}

/** What the thread answers: the table, or why there is none. */
export type TableReply = { table: Table } | { refusal: { code: TableErrorCode; message: string } };
