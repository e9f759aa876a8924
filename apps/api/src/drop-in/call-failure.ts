import type { ClientRefusalReason } from '@app/tenancy';

/** Why a call ended without an outcome of a verification. */
export type CallFailureReason =
  | ClientRefusalReason
  | ('tooFast' | 'methodNotAllowed' | 'notFound')
  | ('fileRefused' | 'typeRefused' | 'tooLarge' | 'valueTooLong' | 'malformed')
  | ('unavailable' | 'internal');

/** The HTTP status of each failure, whatever dialect it is told in. */
export const FAILURE_STATUS: Readonly<Record<CallFailureReason, number>> = {
  unknown: 401,
  disabled: 403,
  addressNotAllowed: 403,
  tooFast: 429,
  methodNotAllowed: 405,
  notFound: 404,
  fileRefused: 415,
  typeRefused: 415,
  tooLarge: 413,
  valueTooLong: 400,
  malformed: 400,
  unavailable: 503,
  internal: 500,
};

/** A call that is answered before, or instead of, a verification. Says the rule, never what was sent. */
export class CallFailure extends Error {
  constructor(
    readonly reason: CallFailureReason,
    options?: ErrorOptions,
  ) {
    super(`call failed: ${reason}`, options);
    this.name = 'CallFailure';
  }
}
