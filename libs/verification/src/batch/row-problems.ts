import { type BatchColumn, type LocalizedText, type ProblemCode, PROBLEMS } from '@app/contracts';
import type { BatchRow } from './batch-row.entity';
import { rowErrorMessage } from './rows/row-error';

/** One thing that keeps a row from being asked. */
export interface RowProblem {
  row: number;
  line: number | null;
  column: BatchColumn | null;
  code: string;
  message: LocalizedText;
  receiptId: string | null;
}

/** What a row's cells or its request were refused for. */
export function problemsOf({ number, line, errors, problem, receiptId }: BatchRow): RowProblem[] {
  const place = { row: number, line, receiptId };
  const ofCells = errors.map((error) => ({ ...place, column: error.column, code: error.code, message: rowErrorMessage(error) }));
  if (problem === null) return ofCells;
  return [...ofCells, { ...place, column: null, code: problem, message: problemMessage(problem) }];
}

/** A problem's words; for one that this release does not know, its code. */
export function problemMessage(code: string): LocalizedText {
  return code in PROBLEMS ? PROBLEMS[code as ProblemCode].message : { 'zh-CN': code, en: code };
}
