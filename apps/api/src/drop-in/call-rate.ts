import { Inject, Injectable } from '@nestjs/common';
import { DROP_IN_SETTINGS, type DropInSettings } from './drop-in-settings';

/** How many seconds of its rate a credential may use at once. */
const BURST_SECONDS = 2;

interface Bucket {
  tokens: number;
  filledAtMs: number;
}

/**
 * Limits the calls of each credential: a bucket that fills at the permitted rate, in the memory of this process. Only credentials that
 * were recognised have one, so that nobody can make it grow.
 */
@Injectable()
export class CallRate {
  private readonly buckets = new Map<string, Bucket>();

  constructor(@Inject(DROP_IN_SETTINGS) private readonly settings: Pick<DropInSettings, 'callsPerSecond'>) {}

  /** Takes one call from the credential's bucket; false when there is none left. `nowMs` is a clock that never goes back. */
  take(credentialId: string, nowMs: number = performance.now()): boolean {
    const { callsPerSecond } = this.settings;
    const full = callsPerSecond * BURST_SECONDS;
    const bucket = this.buckets.get(credentialId) ?? { tokens: full, filledAtMs: nowMs };
    const filled = Math.min(full, bucket.tokens + ((nowMs - bucket.filledAtMs) / 1_000) * callsPerSecond);
    const isAllowed = filled >= 1;
    this.buckets.set(credentialId, { tokens: isAllowed ? filled - 1 : filled, filledAtMs: nowMs });
    return isAllowed;
  }
}
