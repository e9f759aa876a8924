import { ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { type Keyring, type PlacedColumn, type SealPlace, textOf } from '@app/keyring';
import type { Authentication } from '@app/tenancy';
import type { IdentityParts } from '../identity-parts';
import { keyedHash } from '../keyed-hash';
import { recentlyAuthenticated } from '../sessions/recently-authenticated';
import type { Sessions } from '../sessions/sessions.service';
import type { UserStore } from '../users/user.store';
import { newRecoveryCodes, recoveryCodeOf } from './recovery-codes';
import type { SecondFactorStore } from './second-factor.store';
import { newTotpSecret, totpEnrolment, totpStep } from './totp';

/** With what a second factor was proved. */
export type ProvenFactor = 'totp' | 'recoveryCode';

/** A signed-in person. */
export type SignedIn = Authentication & Required<Pick<Authentication, 'session'>>;

/** The sealed columns of people. */
export const IDENTITY_COLUMNS: readonly PlacedColumn[] = [
  { name: 'second_factor.secret_sealed', place: (row) => placeOf(textOf(row, 'user_id')) },
];

const placeOf = (userId: string): SealPlace => ({ dataClass: 'secret', purpose: 'second_factor.secret', rowId: userId });

/** Enrols, checks and removes second factors: TOTP (RFC 6238) with single-use recovery codes. */
export class SecondFactors {
  constructor(
    private readonly store: SecondFactorStore,
    private readonly users: UserStore,
    private readonly keyring: Keyring,
    private readonly sessions: Sessions,
    private readonly parts: IdentityParts,
  ) {}

  /**
   * Makes a secret, which counts once `confirm` saw a code of it; asked again before, it makes another. Whoever finds a desk unattended must
   * not be able to bind an account to a telephone of theirs. @throws ProblemError recent-proof-needed, second-factor-enrolled
   */
  async enrol({ tenant, session }: SignedIn): Promise<{ uri: string; secret: string }> {
    const { userId } = session;
    if (!recentlyAuthenticated({ session }, this.parts.clock.now())) throw new ProblemError('recent-proof-needed');
    const secret = newTotpSecret();
    await this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.users.lock(tx, userId);
      const before = await this.store.find(tx, userId);
      if (before?.confirmedAt) throw new ProblemError('second-factor-enrolled');
      if (before) await this.store.remove(tx, userId);
      const secretSealed = await this.keyring.seal(tx, placeOf(userId), secret);
      await this.store.insert(tx, { userId, secretSealed, enrolledAt: this.parts.clock.now() });
      await this.parts.audit.append(tx, { action: 'user.secondFactor.offer', targetType: 'user', targetId: userId });
    });
    return totpEnrolment(secret, tenant.actor.name);
  }

  /**
   * Lets an enrolled secret count, and makes the first recovery codes. The user's other sessions end: they were opened with less.
   * @throws ProblemError second-factor-enrolled, second-factor-missing, proof-refused
   */
  async confirm({ tenant, session: { userId, sessionId } }: SignedIn, code: string): Promise<string[]> {
    const codes = await this.parts.unitOfWork.run(tenant, async (tx) => {
      const now = this.parts.clock.now();
      await this.users.lock(tx, userId);
      const factor = await this.store.find(tx, userId);
      if (!factor) throw new ProblemError('second-factor-missing');
      if (factor.confirmedAt) throw new ProblemError('second-factor-enrolled');
      if (!(await this.takeTotp(tx, userId, code, now))) return null;
      await this.store.confirm(tx, userId, now);
      await this.users.update(tx, userId, { secondFactorResetBy: null });
      await this.parts.audit.append(tx, { action: 'user.secondFactor.enrol', targetType: 'user', targetId: userId });
      await this.sessions.endAllIn(tx, userId, sessionId);
      return this.replaceCodes(tx, userId);
    });
    if (codes === null) throw new ProblemError('proof-refused');
    return codes;
  }

  /** Whether the user has a second factor that counts. */
  async isConfirmed(tx: Tx, userId: string): Promise<boolean> {
    return ((await this.store.find(tx, userId))?.confirmedAt ?? null) !== null;
  }

  /** Uses up a code of a confirmed second factor; null for a wrong, a used and a missing one alike. */
  async check(tx: Tx, userId: string, code: string): Promise<ProvenFactor | null> {
    const now = this.parts.clock.now();
    if (!(await this.isConfirmed(tx, userId))) return null;
    if (await this.takeTotp(tx, userId, code, now)) return 'totp';
    const recoveryCode = recoveryCodeOf(code);
    if (recoveryCode === null) return null;
    if (!(await this.store.useRecoveryCode(tx, userId, this.hashOf(tx, userId, recoveryCode), now))) return null;
    const left = await this.store.countUnusedCodes(tx, userId);
    await this.parts.audit.append(tx, { action: 'user.recoveryCode.use', targetType: 'user', targetId: userId, detail: { left } });
    return 'recoveryCode';
  }

  /** New recovery codes for a user who proved to be the one; the old ones end. @throws ProblemError second-factor-missing */
  async renewCodes({ tenant, session: { userId } }: SignedIn): Promise<string[]> {
    return this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.users.lock(tx, userId);
      if (!(await this.isConfirmed(tx, userId))) throw new ProblemError('second-factor-missing');
      return this.replaceCodes(tx, userId);
    });
  }

  /** How many recovery codes a user has left. */
  async codesLeft({ tenant, session: { userId } }: SignedIn): Promise<number> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.store.countUnusedCodes(tx, userId));
  }

  /** Takes it away at the wish of the user, who proved to be the one. @throws ProblemError second-factor-missing */
  async disable({ tenant, session: { userId } }: SignedIn): Promise<void> {
    await this.parts.unitOfWork.run(tenant, async (tx) => {
      await this.users.lock(tx, userId);
      await this.removeIn(tx, userId);
      await this.parts.audit.append(tx, { action: 'user.secondFactor.disable', targetType: 'user', targetId: userId });
    });
  }

  /** @throws ProblemError second-factor-missing */
  async removeIn(tx: Tx, userId: string): Promise<void> {
    if (!(await this.store.remove(tx, userId))) throw new ProblemError('second-factor-missing');
    await this.store.replaceRecoveryCodes(tx, userId, []);
  }

  private async takeTotp(tx: Tx, userId: string, code: string, now: Date): Promise<boolean> {
    const factor = await this.store.find(tx, userId);
    if (!factor) return false;
    const step = totpStep(await this.keyring.open(tx, placeOf(userId), factor.secretSealed), code, now);
    return step !== null && (await this.store.useStep(tx, userId, step));
  }

  private async replaceCodes(tx: Tx, userId: string): Promise<string[]> {
    const codes = newRecoveryCodes();
    await this.store.replaceRecoveryCodes(
      tx,
      userId,
      codes.map((code) => this.hashOf(tx, userId, code)),
    );
    const detail = { codes: codes.length };
    await this.parts.audit.append(tx, { action: 'user.recoveryCodes.make', targetType: 'user', targetId: userId, detail });
    return codes;
  }

  private hashOf(tx: Tx, userId: string, code: string): Buffer {
    return keyedHash(this.parts.hashKey, 'recovery-code', tx.tenant.tenantId, userId, code);
  }
}
