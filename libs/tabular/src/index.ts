export type { Column, Row } from './write/column';
export { neutralised } from './write/neutralised';
export { writeCsv } from './write/write-csv';
export { type Sheet, writeXlsx } from './write/write-xlsx';
