/** What a table may cost, and how it is read. */
export interface TableLimits {
  /** Below the header. */
  maxRows: number;
  maxColumns: number;
  maxCellChars: number;
  /** Of the file as it is given. */
  maxBytes: number;
  /** A workbook's dates are told with their time of day, as `YYYY-MM-DD HH:mm:ss`; otherwise it is left off. */
  keepsTimes: boolean;
}

/** Far above what people type or systems export as a batch, far below what exhausts a process. */
export const TABLE_LIMITS: Readonly<TableLimits> = {
  maxRows: 10_000,
  maxColumns: 64,
  maxCellChars: 1_024,
  maxBytes: 16_777_216,
  keepsTimes: false,
};
