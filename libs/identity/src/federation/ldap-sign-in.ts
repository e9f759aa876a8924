import { ProblemError } from '@app/contracts';
import type { TenantContext, Tx } from '@app/database';
import { type IdentityParts, MINUTE_MS } from '../identity-parts';
import { keyedHash } from '../keyed-hash';
import type { OpenedSession } from '../sessions/sessions.service';
import type { AddressThrottle, Throttling } from '../sign-in/address-throttle';
import type { Guess, Guesses } from '../sign-in/guesses';
import type { Refusal } from '../sign-in/refusal';
import type { Refusals } from '../sign-in/refusals';
import { loginKey } from '../users/login-key';
import type { User } from '../users/user.entity';
import type { UserStore } from '../users/user.store';
import type { Admission } from './admission';
import type { Directory, FoundEntry } from './ldap/directory';

/** Who says they are whom. */
export interface DirectoryAttempt {
  login: string;
  password: string;
  address: string;
}

/** An attempt that was counted. */
interface Counted {
  user: User | null;
  guess: Guess | null;
  /** What somebody who is no user here yet is counted by. */
  nameHash: Buffer;
  refusal: Refusal | null;
}

interface Knock extends DirectoryAttempt {
  tenantId: string;
  addressHash: Buffer;
  now: Date;
}

/**
 * Lets people in whom a directory proves. Guesses are counted and committed before the directory is asked, under the counts that local
 * accounts have; who is locked here is not tried there, so that nobody can lock a person's account in the whole bank from this door.
 */
export class LdapSignIn {
  constructor(
    private readonly parts: IdentityParts,
    private readonly works: {
      users: UserStore;
      guesses: Guesses;
      throttle: AddressThrottle;
      refusals: Refusals;
      admission: Admission;
    },
  ) {}

  /** @throws ProblemError sign-in-refused, whatever the reason; SourceUnavailableError */
  async attempt(directory: Directory, attempt: DirectoryAttempt): Promise<OpenedSession> {
    const now = this.parts.clock.now();
    const tenantId = await this.works.admission.tenantOf(directory.settings);
    const knock: Knock = { ...attempt, tenantId, addressHash: this.works.throttle.hashOf(attempt.address), now };
    const sourceId = directory.settings.id;
    const throttling = await this.throttled(knock);
    if (throttling.isThrottled) return this.refuse(knock, sourceId, { user: null, guess: null, refusal: 'throttled' }, throttling);
    const found = await this.orForgiven(knock, null, () => directory.find(attempt.login));
    const counted = await this.count(knock, sourceId, found);
    const isRight = await this.orForgiven(knock, counted, () => prove(directory, found, counted, attempt.password));
    if (!isRight || found === null) {
      const refusal = counted.refusal ?? (found === null ? 'unknown' : 'wrong');
      return this.refuse(knock, sourceId, { ...counted, refusal }, throttling);
    }
    const accept = (tx: Tx, user: User, isComplete: boolean): Promise<void> => this.forgive(tx, user, knock, counted, isComplete);
    return this.works.admission.admit(directory.settings, found.person, { tenantId, address: attempt.address, accept });
  }

  /** An address over its limit is let pass for a person who is known there, as with local accounts. */
  private async throttled({ tenantId, login, addressHash, now }: Knock): Promise<Throttling> {
    return this.parts.unitOfWork.run(nobodyOf(tenantId), async (tx) => {
      const user = await this.works.users.findByLogin(tx, login);
      const throttling = await this.works.throttle.take(tx, addressHash, now);
      const place = await this.works.guesses.place(tx, user?.id ?? null, addressHash, now);
      return place === null ? throttling : { ...throttling, isThrottled: false };
    });
  }

  /** Counts by the person, not by what was typed: a directory may know one by several logins. */
  private async count({ tenantId, login, addressHash, now }: Knock, sourceId: string, found: FoundEntry | null): Promise<Counted> {
    const { users, guesses, throttle } = this.works;
    const { maxFailures, lockMinutes } = this.parts.settings;
    const name = found?.person.subject ?? loginKey(login);
    const nameHash = keyedHash(this.parts.hashKey, 'external-login', tenantId, sourceId, name);
    return this.parts.unitOfWork.run(nobodyOf(tenantId), async (tx): Promise<Counted> => {
      const user = found && (await users.lockBySubject(tx, { source: 'ldap', ...found.person }));
      if (user === null) {
        const { isThrottled } = await throttle.take(tx, nameHash, now, { failures: maxFailures, windowMs: lockMinutes * MINUTE_MS });
        return { user, guess: null, nameHash, refusal: isThrottled ? 'locked' : null };
      }
      if (user.state !== 'active') return { user, guess: null, nameHash, refusal: 'disabled' };
      const guess = await guesses.count(tx, user, await guesses.place(tx, user.id, addressHash, now), addressHash, now);
      return { user, guess, nameHash, refusal: guess.isAdmitted ? null : 'locked' };
    });
  }

  /** A guess that no directory looked at was none. */
  private async orForgiven<T>(knock: Knock, counted: Counted | null, ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      await this.parts.unitOfWork.run(nobodyOf(knock.tenantId), async (tx) => {
        const user = counted?.guess ? await this.works.users.lock(tx, counted.user?.id ?? '') : null;
        await this.forgive(tx, user, knock, counted, false);
      });
      throw error;
    }
  }

  private async forgive(
    tx: Tx,
    user: User | null,
    { addressHash, now }: Knock,
    counted: Counted | null,
    isComplete: boolean,
  ): Promise<void> {
    const { throttle, guesses } = this.works;
    await throttle.takeBack(tx, addressHash, now);
    if (counted !== null && counted.guess === null) await throttle.takeBack(tx, counted.nameHash, now);
    if (user === null) return;
    if (isComplete) await guesses.forgive(tx, user, addressHash, now);
    else if (counted?.guess?.isAdmitted) await guesses.takeBack(tx, user, counted.guess, now);
  }

  private async refuse(
    { tenantId, address, login }: Knock,
    sourceId: string,
    { user, guess, refusal }: Pick<Counted, 'user' | 'guess' | 'refusal'>,
    throttling: Throttling,
  ): Promise<never> {
    const reason = refusal ?? 'wrong';
    await this.works.refusals.note({ tenantId, act: 'signIn', reason, address, login, user, guess, throttling, sourceId });
    throw new ProblemError('sign-in-refused');
  }
}

/** The same questions to the directory, whoever knocks: found or not, one bind. */
async function prove(directory: Directory, found: FoundEntry | null, { refusal }: Counted, password: string): Promise<boolean> {
  if (found !== null && refusal === null) return directory.isPassword(found.dn, password);
  await directory.refusePassword(password);
  return false;
}

const nobodyOf = (tenantId: string): TenantContext => ({ tenantId, actor: { type: 'user', id: 'unknown', name: 'unknown' } });
