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

/** Asks the egress gateway to make the one call of an attempt, or to tell what became of it. */
export abstract class EgressClient {
  /** @throws EgressUnavailableError */
  abstract call(call: EgressCall, options: { signal: AbortSignal }): Promise<EgressReply>;
}
