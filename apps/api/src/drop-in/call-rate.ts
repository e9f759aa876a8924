import { Inject, Injectable } from '@nestjs/common';
import { TokenBuckets } from '../http/token-buckets';
import { DROP_IN_SETTINGS, type DropInSettings } from './drop-in-settings';

/** How many seconds of its rate a credential may use at once. */
const BURST_SECONDS = 2;
/** More credentials than an installation has. */
const MAX_CREDENTIALS = 100_000;

/** Limits the calls of each credential, for this process. */
@Injectable()
export class CallRate {
  private readonly buckets: TokenBuckets;

  constructor(@Inject(DROP_IN_SETTINGS) { callsPerSecond }: Pick<DropInSettings, 'callsPerSecond'>) {
    this.buckets = new TokenBuckets({ perSecond: callsPerSecond, full: callsPerSecond * BURST_SECONDS, maxBuckets: MAX_CREDENTIALS });
  }

  /** Takes one call of the credential; false when there is none left. `nowMs` is a clock that never goes back. */
  take(credentialId: string, nowMs: number = performance.now()): boolean {
    return this.buckets.take(credentialId, nowMs);
  }
}
