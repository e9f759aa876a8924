import { type ProblemCode, ProblemError } from '@app/contracts';
import { DocumentError, type DocumentErrorCode } from '@app/documents';

const PROBLEM_OF: Record<DocumentErrorCode, ProblemCode> = {
  empty: 'upload-empty',
  'unsupported-type': 'upload-unsupported-type',
  damaged: 'image-damaged',
  'too-many-pixels': 'image-too-many-pixels',
  unsafe: 'document-unsafe',
  encrypted: 'document-encrypted',
  archive: 'upload-archive',
};

/** What the owner of a document is told that cannot be opened; any other failure as it is. */
export function documentProblem(error: unknown): unknown {
  return error instanceof DocumentError ? new ProblemError(PROBLEM_OF[error.code], { cause: error }) : error;
}
