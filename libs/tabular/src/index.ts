export { readTable } from './read/read-table';
export type { Table, TableRow } from './read/table';
export { TableError, type TableErrorCode } from './read/table.error';
export { TABLE_LIMITS, type TableLimits } from './read/table-limits';
export type { Column, Row } from './write/column';
export { neutralised } from './write/neutralised';
export { writeCsv } from './write/write-csv';
export { type Sheet, writeXlsx } from './write/write-xlsx';
