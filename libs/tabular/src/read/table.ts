/** One row of a table as it was given. */
export interface TableRow {
  /** Its line in the file, as a spreadsheet or an editor counts them: from 1, the header's included. */
  line: number;
  /** Trimmed; as many as the header has, or more where the row goes on beyond it. */
  cells: string[];
}

/** A table as it was given. Rows without any text are left out. */
export interface Table {
  header: string[];
  rows: TableRow[];
  format: 'xlsx' | 'csv';
}
