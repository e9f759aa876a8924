import { type ProblemCode, ProblemError } from '@app/contracts';
import type { TableError, TableErrorCode } from '@app/tabular';

const CODES: Readonly<Record<TableErrorCode, ProblemCode>> = {
  unsupported: 'table-unsupported',
  encrypted: 'table-encrypted',
  damaged: 'table-damaged',
  'too-large': 'table-too-large',
  'too-many-rows': 'table-too-many-rows',
  'no-header': 'table-header',
};

/** What a caller is told of a file that is no table: its own words hold nothing of what stands in it. */
export function tableProblem(error: TableError): ProblemError {
  return new ProblemError(CODES[error.code], { detail: error.message, cause: error });
}
