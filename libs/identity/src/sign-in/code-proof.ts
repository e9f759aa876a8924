import type { TenantContext, Tx } from '@app/database';
import type { IdentityParts } from '../identity-parts';
import type { ProvenFactor, SecondFactors } from '../second-factor/second-factors.service';
import type { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { AddressThrottle } from './address-throttle';
import type { Guesses } from './guesses';
import type { ProvenAct, Refusal } from './refusal';
import type { Refusals } from './refusals';

/** Who presents which code, and what for. */
export interface CodeAttempt {
  userId: string;
  code: string;
  address: string;
  act: ProvenAct;
}

/** What follows a code, in the transaction in which it was used up. */
export interface CodeFollowers<T> {
  right(tx: Tx, user: User, factor: ProvenFactor): Promise<T>;
  locked?(tx: Tx, user: User): Promise<void>;
}

/**
 * Proves a person by a code of their second factor. Codes are guesses as passwords are, under the same count: a right password does not
 * reset it while the code is still to come, or knowing the password would be a licence to guess codes for ever.
 */
export class CodeProof {
  constructor(
    private readonly parts: IdentityParts,
    private readonly users: UserStore,
    private readonly secondFactors: SecondFactors,
    private readonly limits: { guesses: Guesses; throttle: AddressThrottle; refusals: Refusals },
  ) {}

  /** What `right` returns, or null when the code was refused, which is on record then. */
  async prove<T>(tenant: TenantContext, attempt: CodeAttempt, followers: CodeFollowers<T>): Promise<T | null> {
    const { userId, code, address, act } = attempt;
    const { guesses, throttle, refusals } = this.limits;
    const now = this.parts.clock.now();
    const addressHash = throttle.hashOf(address);
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const user = await this.users.lock(tx, userId);
      const throttling = await throttle.take(tx, addressHash, now);
      const place = await guesses.place(tx, userId, addressHash, now);
      const guess = throttling.isThrottled && place === null ? null : await guesses.count(tx, user, place, addressHash, now);
      const factor = guess?.isAdmitted ? await this.secondFactors.check(tx, userId, code) : null;
      if (factor !== null) {
        await throttle.takeBack(tx, addressHash, now);
        await guesses.forgive(tx, user, addressHash, now);
        return followers.right(tx, user, factor);
      }
      const reason = reasonOf(guess);
      await refusals.noteIn(tx, { tenantId: tenant.tenantId, act, reason, address, user, login: user.login, guess, throttling });
      if (guess !== null && guess.count.lockedUntil !== null) await followers.locked?.(tx, user);
      return null;
    });
  }
}

function reasonOf(guess: { isAdmitted: boolean } | null): Refusal {
  if (guess === null) return 'throttled';
  return guess.isAdmitted ? 'wrongCode' : 'locked';
}
