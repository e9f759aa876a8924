import type { Column, Row } from './column';

/** One sheet of a workbook. Its name has at most 31 characters and none of `\ / ? * [ ] :`. */
export interface Sheet {
  name: string;
  columns: readonly Column[];
  rows: readonly Row[];
  /** Rows below them that take whatever is typed in them as the columns' kinds tell, such as text with its zeros. */
  blankRows?: number;
}
