import type { Tx } from '@app/database';
import { MoreThan } from 'typeorm';
import { DAY_MS } from '../identity-parts';
import type { IdentitySettings } from '../identity-settings';
import { User } from '../users/user.entity';
import { countGuess, type GuessCount, NO_GUESSES, takeBackGuess } from './guess-count';
import { KnownPlace } from './known-place.entity';

/** How long an address counts as a person's own after a sign-in from there. */
export const KNOWN_FOR_MS = 30 * DAY_MS;
const MOST_PLACES = 10;
/** Asked about in place of a user who does not exist, so that the work is the same. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** A guess that was counted. */
export interface Guess {
  isAdmitted: boolean;
  /** Whether the user signed in from this address lately. */
  isKnownPlace: boolean;
  addressHash: Buffer;
  count: GuessCount;
}

/**
 * Counts guesses at what a user proves themselves with. An address from which the user signed in within 30 days has a count of its own:
 * an attacker elsewhere can lock the account for elsewhere, and not for the user's own desk. All is done under the user's row lock.
 */
export class Guesses {
  constructor(private readonly settings: IdentitySettings) {}

  async place(tx: Tx, userId: string | null, addressHash: Buffer, now: Date): Promise<KnownPlace | null> {
    return tx.manager.findOneBy(KnownPlace, {
      tenantId: tx.tenant.tenantId,
      userId: userId ?? NOBODY,
      addressHash,
      succeededAt: MoreThan(new Date(now.getTime() - KNOWN_FOR_MS)),
    });
  }

  /** Counts one more guess at a user whose row is locked; `place` as `place` found it. */
  async count(tx: Tx, user: User, place: KnownPlace | null, addressHash: Buffer, now: Date): Promise<Guess> {
    const { isAdmitted, count } = countGuess(place ?? user, this.settings, now);
    const guess: Guess = { isAdmitted, isKnownPlace: place !== null, addressHash, count };
    if (isAdmitted) await this.write(tx, user.id, guess, count);
    return guess;
  }

  /** Takes a guess back that was right, while more is still to be proved. Others may have guessed meanwhile: theirs stay counted. */
  async takeBack(tx: Tx, user: User, guess: Guess, now: Date): Promise<void> {
    const place = guess.isKnownPlace ? await this.place(tx, user.id, guess.addressHash, now) : null;
    await this.write(tx, user.id, guess, takeBackGuess(place ?? user));
  }

  /** Forgives all guesses from this place once everything was proved, and knows the place from now on. */
  async forgive(tx: Tx, user: User, addressHash: Buffer, now: Date): Promise<void> {
    const { tenantId } = tx.tenant;
    const key = { tenantId, userId: user.id, addressHash };
    const place = await tx.manager.findOneBy(KnownPlace, key);
    const isKnown = place !== null && place.succeededAt.getTime() > now.getTime() - KNOWN_FOR_MS;
    if (place) await tx.manager.update(KnownPlace, key, { ...NO_GUESSES, succeededAt: now });
    else await tx.manager.insert(KnownPlace, { ...key, ...NO_GUESSES, succeededAt: now });
    if (!isKnown) await tx.manager.update(User, { tenantId, id: user.id }, NO_GUESSES);
    await this.forgetOldPlaces(tx, user.id, now);
  }

  /** Forgives everything, wherever it was guessed. */
  async unlock(tx: Tx, userId: string): Promise<void> {
    const { tenantId } = tx.tenant;
    await tx.manager.update(User, { tenantId, id: userId }, NO_GUESSES);
    await tx.manager.update(KnownPlace, { tenantId, userId }, NO_GUESSES);
  }

  private async write(tx: Tx, userId: string, { isKnownPlace, addressHash }: Guess, count: GuessCount): Promise<void> {
    const { tenantId } = tx.tenant;
    if (isKnownPlace) await tx.manager.update(KnownPlace, { tenantId, userId, addressHash }, count);
    else await tx.manager.update(User, { tenantId, id: userId }, count);
  }

  private async forgetOldPlaces(tx: Tx, userId: string, now: Date): Promise<void> {
    await tx.manager.query(
      `delete from known_place where tenant_id = $1 and user_id = $2 and (succeeded_at <= $3 or address_hash not in (
         select address_hash from known_place where tenant_id = $1 and user_id = $2 order by succeeded_at desc limit ${MOST_PLACES}))`,
      [tx.tenant.tenantId, userId, new Date(now.getTime() - KNOWN_FOR_MS)],
    );
  }
}
