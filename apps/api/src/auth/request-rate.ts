import { ProblemError } from '@app/contracts';
import type { Authentication } from '@app/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import { TokenBuckets } from '../http/token-buckets';
import { ACCESS_SETTINGS, type AccessSettings } from './access-settings';

/** How many seconds of its rate a caller may use at once. */
const BURST_SECONDS = 2;
/** More callers than an installation has. */
const MAX_CALLERS = 100_000;

/** Limits the requests of each API key and of each person, for this process. Only callers that were recognised have a bucket. */
@Injectable()
export class RequestRate {
  private readonly buckets: Readonly<Record<Authentication['method'], TokenBuckets>>;

  constructor(@Inject(ACCESS_SETTINGS) { callsPerSecond }: Pick<AccessSettings, 'callsPerSecond'>) {
    this.buckets = { apiKey: bucketsOf(callsPerSecond.apiKey), session: bucketsOf(callsPerSecond.session) };
  }

  /** @throws ProblemError `rate-limited` */
  take({ method, tenant }: Authentication): void {
    const buckets = this.buckets[method];
    if (buckets.take(tenant.actor.id)) return;
    throw new ProblemError('rate-limited', { retryAfterSeconds: buckets.secondsUntilToken(tenant.actor.id) });
  }
}

function bucketsOf(perSecond: number): TokenBuckets {
  return new TokenBuckets({ perSecond, full: perSecond * BURST_SECONDS, maxBuckets: MAX_CALLERS });
}
