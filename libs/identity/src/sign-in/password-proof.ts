import type { TenantContext, Tx } from '@app/database';
import type { IdentityParts } from '../identity-parts';
import type { PasswordHashing } from '../passwords/password-hashing';
import type { PasswordStore } from '../passwords/password.store';
import type { UserPassword } from '../passwords/user-password.entity';
import type { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { AddressThrottle, Throttling } from './address-throttle';
import type { Guess, Guesses } from './guesses';
import type { KnownPlace } from './known-place.entity';
import type { ProvenAct, Refusal } from './refusal';
import type { Refusals } from './refusals';

/** Who says they are whom, and with which password. */
export interface PasswordAttempt {
  tenantId: string;
  login: string;
  password: string;
  address: string;
  act: ProvenAct;
}

/** A password that was right; the guess is still counted until `accept`. */
export interface Proven {
  userId: string;
  password: Pick<UserPassword, 'id' | 'hash'>;
  guess: Guess;
}

interface Begun {
  user: User | null;
  password: UserPassword | null;
  guess: Guess | null;
  throttling: Throttling;
  refusal: Refusal | null;
}

/** Asked about in place of a user who does not exist, so that the work is the same. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * Proves a person by their password: the guess is counted and committed first, then the password is hashed without a transaction, then the
 * outcome is put on record. Unknown, disabled, locked, throttled and wrong take the same way: the same queries, one hash, one answer.
 */
export class PasswordProof {
  constructor(
    private readonly parts: IdentityParts,
    private readonly users: UserStore,
    private readonly passwords: PasswordStore,
    private readonly hashing: PasswordHashing,
    private readonly limits: { guesses: Guesses; throttle: AddressThrottle; refusals: Refusals },
  ) {}

  /** Null when it was refused, which is on record then. */
  async attempt(attempt: PasswordAttempt): Promise<Proven | null> {
    const begun = await this.begin(attempt);
    const { user, password, guess } = begun;
    const isRight = await this.verify(attempt, begun);
    if (isRight && user && password && guess) return { userId: user.id, password, guess };
    const { tenantId, act, address, login } = attempt;
    const { throttling } = begun;
    await this.limits.refusals.note({ tenantId, act, address, login, user, guess, throttling, reason: begun.refusal ?? 'wrong' });
    return null;
  }

  /** In the transaction that acts upon a proof. `isComplete`: nothing more is to be proved. */
  async accept(tx: Tx, user: User, { guess }: Pick<Proven, 'guess'>, isComplete: boolean): Promise<void> {
    const now = this.parts.clock.now();
    await this.limits.throttle.takeBack(tx, guess.addressHash, now);
    if (isComplete) await this.limits.guesses.forgive(tx, user, guess.addressHash, now);
    else await this.limits.guesses.takeBack(tx, user, guess, now);
  }

  /** A guess that nobody had time to look at was none: who is sent away by a crowd is not locked by it. */
  private async verify({ tenantId, password: presented }: PasswordAttempt, { user, password, guess, refusal }: Begun): Promise<boolean> {
    try {
      return await this.hashing.verify(presented, refusal === null ? (password?.hash ?? null) : null);
    } catch (error) {
      if (user && guess?.isAdmitted) {
        const tenant: TenantContext = { tenantId, actor: { type: 'user', id: user.id, name: user.login } };
        await this.parts.unitOfWork.run(tenant, async (tx) => {
          await this.accept(tx, await this.users.lock(tx, user.id), { guess }, false);
        });
      }
      throw error;
    }
  }

  private async begin({ tenantId, login, address }: PasswordAttempt): Promise<Begun> {
    const now = this.parts.clock.now();
    const addressHash = this.limits.throttle.hashOf(address);
    const tenant: TenantContext = { tenantId, actor: { type: 'user', id: 'unknown', name: 'unknown' } };
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      const user = await this.users.lockByLogin(tx, login);
      const throttling = await this.limits.throttle.take(tx, addressHash, now);
      const place = await this.limits.guesses.place(tx, user?.id ?? null, addressHash, now);
      const [password = null] = await this.passwords.newest(tx, user?.id ?? NOBODY, 1);
      const refusal = refusalOf(user, place, password, throttling, now);
      if (user === null || refusal !== null) return { user, password, guess: null, throttling, refusal };
      const guess = await this.limits.guesses.count(tx, user, place, addressHash, now);
      return { user, password, guess, throttling, refusal: guess.isAdmitted ? null : 'locked' };
    });
  }
}

function refusalOf(
  user: User | null,
  place: KnownPlace | null,
  password: UserPassword | null,
  throttling: Throttling,
  now: Date,
): Refusal | null {
  if (throttling.isThrottled && place === null) return 'throttled';
  if (user === null) return 'unknown';
  if (user.state !== 'active') return 'disabled';
  if (user.source !== 'local' || password === null) return 'external';
  return password.expiresAt !== null && password.expiresAt <= now ? 'expired' : null;
}
