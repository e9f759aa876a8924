import { type FieldError, ProblemError } from '@app/contracts';
import { DatabaseBusyError } from '@app/database';
import { HttpException } from '@nestjs/common';
import { QueryFailedError } from 'typeorm';

/** What a Standard Schema says is wrong, and where. */
export interface SchemaIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[] | undefined;
}

/** Names the problem that any failure of a request is. What nobody foresaw is an internal error, and its text stays in the log. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof DatabaseBusyError || isDatabaseDown(error) || isAuditRefused(error))
    return new ProblemError('unavailable', { cause: error });
  if (error instanceof HttpException) return ofHttpStatus(error.getStatus(), error);
  return ofFrameworkCode(codeOf(error), error) ?? new ProblemError('internal-error', { cause: error });
}

/** The problem of a body or query that does not have the required form: every offending field by its path, never its value. */
export function invalidFields(issues: readonly SchemaIssue[]): ProblemError {
  const errors = issues.flatMap(fieldErrors);
  const isShapeless = errors.some(({ field }) => field === '');
  return isShapeless
    ? new ProblemError('invalid-request', { detail: 'The body must be a JSON object' })
    : new ProblemError('invalid-field', { errors });
}

function fieldErrors(issue: SchemaIssue): FieldError[] {
  const path = (issue.path ?? []).map((step) => String(typeof step === 'object' ? step.key : step));
  const field = path.join('.');
  return (
    unknownKeys(issue)?.map((key) => ({ field: [...path, key].join('.'), message: 'is not known here', isForeign: true })) ?? [
      { field, message: issue.message, ...(isKeyItself(issue) && { isForeign: true as const }) },
    ]
  );
}

/** Zod names the keys it does not know in a property of their own; their path is that of the object around them. */
function unknownKeys(issue: SchemaIssue): string[] | null {
  return 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : null;
}

/** The path of a key that may not stand in its record ends with that key. */
function isKeyItself(issue: SchemaIssue): boolean {
  return 'code' in issue && issue.code === 'invalid_key';
}

function ofHttpStatus(status: number, cause: unknown): ProblemError {
  if (status === 404) return new ProblemError('not-found', { cause });
  if (status === 413) return new ProblemError('invalid-request', { detail: 'The request body is too large', cause });
  if (status === 415) return new ProblemError('upload-unsupported-type', { detail: 'This Content-Type is not supported here', cause });
  if (status < 500) return new ProblemError('invalid-request', { cause });
  return new ProblemError(status === 503 ? 'unavailable' : 'internal-error', { cause });
}

/** Fastify's and the form parser's own errors, by their codes. */
function ofFrameworkCode(code: string | undefined, cause: unknown): ProblemError | null {
  switch (code) {
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new ProblemError('upload-unsupported-type', { detail: 'This Content-Type is not supported here', cause });
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new ProblemError('invalid-request', { detail: 'The request body is too large', cause });
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_CTP_EMPTY_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
    case 'FST_PARTS_LIMIT':
    case 'FST_FIELDS_LIMIT':
      return new ProblemError('invalid-request', { cause });
    default:
      return null;
  }
}

// Class 08 is PostgreSQL's own for lost connections, 57P0x for a server that stops or starts, class 53 for one without disk, memory or
// connections left, 58030 for a disk that fails, 25006 for a server that only reads.
function isDatabaseDown(error: unknown): boolean {
  const source: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (source instanceof Error && NO_CONNECTION.test(source.message)) return true;
  return /^(08\w{3}|57P0\d|53\w{3}|58030|25006|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE)$/.test(codeOf(source) ?? '');
}

// The driver names these by their text alone: every connection of the pool is taken for too long, or the server does not answer.
const NO_CONNECTION = /^(timeout exceeded when trying to connect|timeout expired|Connection terminated\b)/;

// What cannot be put on record does not happen: the caller may try again when the audit can be written.
function isAuditRefused(error: unknown): boolean {
  return error instanceof QueryFailedError && /^insert into "audit_entry"/i.test(error.query);
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}
