import { FormError } from '@app/providers';
import { problemOf } from '../http/problem-of';
import { CallFailure, type CallFailureReason } from './call-failure';

const BY_FORM: Readonly<Record<FormError['reason'], CallFailureReason>> = {
  filePart: 'fileRefused',
  unsupportedType: 'typeRefused',
  bodyTooLong: 'tooLarge',
  tooManyFields: 'malformed',
  valueTooLong: 'valueTooLong',
  malformed: 'malformed',
};

/** Names any failure of a call, the framework's included. What nobody foresaw is internal, and its text stays in the log. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof CallFailure) return error;
  if (error instanceof FormError) return new CallFailure(BY_FORM[error.reason], { cause: error });
  const problem = problemOf(error);
  return new CallFailure(byStatus(problem.status), { cause: problem.cause ?? problem });
}

function byStatus(status: number): CallFailureReason {
  if (status === 404) return 'notFound';
  if (status === 405) return 'methodNotAllowed';
  if (status === 415) return 'typeRefused';
  if (status === 503) return 'unavailable';
  return status < 500 ? 'malformed' : 'internal';
}
