/** A column of a table: where its values stand in a row, what stands above them, and what they are. */
export interface Column {
  key: string;
  header: string;
  /** `text` keeps every character, such as an identifier's leading zeros; `amount` is a decimal with two places; `date` is `YYYY-MM-DD`. */
  kind: 'text' | 'amount' | 'date' | 'integer';
  /** In characters. */
  width?: number;
}

/** The values of one row by their columns' keys, each as the text it shall be read as; null or absent where there is none. */
export type Row = Readonly<Record<string, string | null>>;
