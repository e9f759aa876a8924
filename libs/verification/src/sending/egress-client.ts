import type { EgressCall, EgressReply } from '@app/contracts';

/**
 * The gateway was not reached, or did not answer in its own words. Whether it called upstream is not known;
 * posting the same attempt id again is always safe.
 */
export class EgressUnavailableError extends Error {
  constructor(reason: string, options?: ErrorOptions) {
    super(`egress gateway unavailable: ${reason}`, options);
    this.name = 'EgressUnavailableError';
  }
}

/** `attempt-conflict`: the id stands for another call. `invalid-call`: not the contract's shape, and nothing was sent. */
export const REFUSED_BY_EGRESS = ['attempt-conflict', 'invalid-call'] as const;
export type RefusedByEgress = (typeof REFUSED_BY_EGRESS)[number];

/** The gateway refuses the call for good, in its own words: posting it again gives the same. */
export class EgressRefusedError extends Error {
  constructor(readonly code: RefusedByEgress) {
    super(`egress gateway refused the call: ${code}`);
    this.name = 'EgressRefusedError';
  }
}

/** Asks the egress gateway to make the one call of an attempt, or to tell what became of it. */
export abstract class EgressClient {
  /** @throws EgressUnavailableError, EgressRefusedError */
  abstract call(call: EgressCall, options: { signal: AbortSignal }): Promise<EgressReply>;
}
