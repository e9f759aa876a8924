import { createHmac, randomBytes } from 'node:crypto';
import { ProblemError } from '@app/contracts';
import { parseSignedAuthorization } from '@app/tenancy';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { TokenBuckets } from '../http/token-buckets';
import { ACCESS_SETTINGS, type AccessSettings } from './access-settings';
import { callerNetwork } from './caller-network';

const MAX_NETWORKS = 10_000;
const MAX_RIGHT_PROOFS = 10_000;

type Asked = Pick<FastifyRequest, 'ip' | 'headers'>;

/**
 * Slows down addresses that present keys or sessions which are none. An address that did so too often hears 429 for a while, whatever it
 * presents; but a proof that was right from there lately is looked at all the same, so that a neighbour behind the same proxy keeps
 * working. Counted by each process for itself, in bounded memory.
 */
@Injectable()
export class ProofThrottle {
  private readonly wrong: TokenBuckets;
  /** Fingerprints in the order of their last use, under a key that this process alone knows. */
  private readonly right = new Set<string>();
  private readonly fingerprintKey = randomBytes(32);

  constructor(@Inject(ACCESS_SETTINGS) { wrongProofsPerMinute }: Pick<AccessSettings, 'wrongProofsPerMinute'>) {
    this.wrong = new TokenBuckets({ perSecond: wrongProofsPerMinute / 60, full: wrongProofsPerMinute, maxBuckets: MAX_NETWORKS });
  }

  /** @throws ProblemError `rate-limited` */
  assertMayTry(request: Asked): void {
    const seconds = this.wrong.secondsUntilToken(callerNetwork(request.ip));
    if (seconds === 0 || this.right.has(this.fingerprintOf(request))) return;
    throw new ProblemError('rate-limited', { retryAfterSeconds: seconds });
  }

  noteWrong(request: Asked): void {
    this.right.delete(this.fingerprintOf(request));
    this.wrong.take(callerNetwork(request.ip));
  }

  noteRight(request: Asked): void {
    // A signature never comes twice, so there is nothing to remember it by.
    if (parseSignedAuthorization(request.headers.authorization ?? '') !== null) return;
    const fingerprint = this.fingerprintOf(request);
    this.right.delete(fingerprint);
    this.right.add(fingerprint);
    if (this.right.size <= MAX_RIGHT_PROOFS) return;
    const [oldest] = this.right;
    if (oldest !== undefined) this.right.delete(oldest);
  }

  private fingerprintOf({ ip, headers }: Asked): string {
    const proof = JSON.stringify([callerNetwork(ip), headers.authorization ?? '', headers.cookie ?? '']);
    return createHmac('sha256', this.fingerprintKey).update(proof).digest('base64');
  }
}
