import { Problem } from '@app/contracts';
import type { z } from 'zod';

/**
 * Why a request gave no value. `problem`: the API says so itself. `unreachable`: no answer came, so the request may or may not
 * have been carried out. `unexpected`: an answer that is neither the promised shape nor a problem.
 */
export type Failure =
  // `againAt`: from when the same request may be sent again, in milliseconds since 1970, where the API says so.
  { kind: 'problem'; problem: Problem; againAt?: number } | { kind: 'unreachable' } | { kind: 'unexpected'; status: number };

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: Failure };

export const UNREACHABLE: { ok: false; failure: Failure } = { ok: false, failure: { kind: 'unreachable' } };

/** Holds a JSON answer against the contract. A shape that is not the promised one is a failure, never a half-filled view. */
export function readAnswer<T>(schema: z.ZodType<T>, status: number, body: string): Answer<T> {
  const json = parseJson(body);
  if (status >= 200 && status < 300) {
    const value = schema.safeParse(json);
    return value.success ? { ok: true, value: value.data } : unexpected(status);
  }
  return readProblem(status, json);
}

/** The failure of an answer whose status is not a success. */
export function readProblem(status: number, json: unknown): { ok: false; failure: Failure } {
  const problem = Problem.safeParse(json);
  return problem.success ? { ok: false, failure: { kind: 'problem', problem: problem.data } } : unexpected(status);
}

/** The answer with the time of its Retry-After, which counts seconds from `now`. */
export function withRetryAfter<T>(answer: Answer<T>, retryAfter: string | null, now: number): Answer<T> {
  if (answer.ok || answer.failure.kind !== 'problem' || retryAfter === null || !/^\d{1,9}$/.test(retryAfter)) return answer;
  return { ok: false, failure: { ...answer.failure, againAt: now + Number(retryAfter) * 1_000 } };
}

/** The JSON value of a text, or undefined, which no schema accepts. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

/** The session counts no longer: only signing in again helps. A wrong password is not meant, which has a code of its own. */
export function isUnauthenticated(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.code === 'unauthenticated';
}

/** The session has another token than the request carried. */
export function isOutdatedProof(failure: Failure): boolean {
  return failure.kind === 'problem' && failure.problem.code === 'csrf-refused';
}

/**
 * The server has surely not accepted the request, so that a new try is a new request. Anything else may have been carried out
 * and is repeated under the same idempotency key.
 */
export function isSurelyRefused(failure: Failure): boolean {
  if (failure.kind !== 'problem') return false;
  const { status } = failure.problem;
  return status >= 400 && status < 500 && status !== 408;
}

function unexpected(status: number): { ok: false; failure: Failure } {
  return { ok: false, failure: { kind: 'unexpected', status } };
}
