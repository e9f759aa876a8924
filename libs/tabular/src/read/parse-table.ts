import { openPackage } from './open-package';
import { readCsv } from './read-csv';
import { readSheet } from './sheet-reader';
import type { Table } from './table';
import { TableError } from './table.error';
import type { TableLimits } from './table-limits';
import { TableRows } from './table-rows';
import { openWorkbook } from './workbook';

const ZIP = Buffer.from('PK\x03\x04', 'latin1');
/** Office's older container: an XLS workbook, or an XLSX one behind a password. */
const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const ENCRYPTED_PACKAGE = Buffer.from('EncryptedPackage', 'utf16le');

/** Reads a table in the calling thread. @throws TableError */
export async function parseTable(bytes: Buffer, limits: TableLimits): Promise<Table> {
  if (bytes.subarray(0, ZIP.length).equals(ZIP)) return parseWorkbook(bytes, limits);
  if (!bytes.subarray(0, COMPOUND_FILE.length).equals(COMPOUND_FILE)) return readCsv(bytes, limits);
  if (bytes.includes(ENCRYPTED_PACKAGE)) throw new TableError('encrypted', 'the workbook needs a password');
  throw new TableError('unsupported', 'the file is an XLS workbook of the old kind: save it as XLSX');
}

async function parseWorkbook(bytes: Buffer, limits: TableLimits): Promise<Table> {
  const workbook = openWorkbook(await openPackage(bytes), (limits.maxRows + 1) * limits.maxColumns);
  const rows = new TableRows(limits);
  readSheet(workbook, rows, limits);
  return rows.finish('xlsx');
}
