import { nextShanghaiDay, ProblemError, shanghaiDay, startOfShanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import { AttemptIntents } from '../attempt-intents';
import { BillDayCount } from '../bill-day-count.store';
import type { Allowance } from '../policy/allowance';
import type { PolicyTerms } from '../policy/verification-policy.entity';
import { refusalBeforeAsking } from '../rules/refusal-before-asking';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import { stillHolds } from './holding-answer';
import { isStillSpent } from './spent-call';
import { DEFAULT_PROVIDER_RULES, type ProviderRules } from './provider-rules';

/** What a request brings to the guards beside its question. */
export interface GuardTerms {
  policy: PolicyTerms;
  /** A person confirmed the last call of the day although other elements of the bill did not match. */
  confirmLastTry: boolean;
  /** The caller does not know that it repeats itself: what may have been paid for is not asked again. */
  neverTwice: boolean;
}

/** Settles a verification where no call is needed or none is allowed, before anything is spent. */
export class RequestGuards {
  constructor(
    private readonly store: VerificationStore,
    private readonly intents: AttemptIntents,
    private readonly dayCount: BillDayCount,
    private readonly allowance: Allowance,
    private readonly rules: Readonly<Record<Verification['provider'], ProviderRules>> = DEFAULT_PROVIDER_RULES,
  ) {}

  /**
   * Where a call is needed and allowed, the verification stays open, and the day on which it has one of the bill's places is answered.
   * Call it while the bill is serialized.
   * @throws ProblemError `last-try-unconfirmed`
   */
  async settle(tx: Tx, verification: Verification, terms: GuardTerms): Promise<string | null> {
    const today = shanghaiDay(new Date());
    const ofProvider = this.rules[verification.provider];
    const refusal = refusalBeforeAsking(verification.elements, today, { terms: terms.policy, ofProvider });
    if (refusal !== null) {
      verification.refuse(refusal);
      return null;
    }
    const asked = await this.store.aboutBill(tx, verification, startOfShanghaiDay(today));
    if (answerFrom(asked, verification, today)) return null;
    if (terms.neverTwice && (await this.answerFromSpent(tx, verification, today))) return null;
    return this.takePlace(tx, verification, { ...terms, didNotMatch: asked.some((other) => isMismatchOf(other, verification)) });
  }

  private async answerFromSpent(tx: Tx, verification: Verification, today: string): Promise<boolean> {
    const spent = await this.store.findSpent(tx, verification);
    if (spent === null || !isStillSpent(spent, today)) return false;
    verification.answerFrom(spent);
    return true;
  }

  private async takePlace(tx: Tx, verification: Verification, terms: GuardTerms & { didNotMatch: boolean }): Promise<string | null> {
    const { billHash, provider } = verification;
    // Always in this order, so that two tenants can never wait for each other.
    await this.allowance.hold(tx, terms.policy);
    const day = await this.intents.takePlace(tx, billHash);
    if (day === null) {
      verification.refuse({ outcome: 'DAILY_LIMIT', code: 'daily-limit', passesAt: nextShanghaiDay(shanghaiDay(new Date())) });
      return null;
    }
    const beyond = await this.allowance.refusal(tx, terms.policy, provider);
    if (beyond !== null) {
      await this.dayCount.giveBack(tx, billHash, day);
      verification.refuse(beyond);
      return null;
    }
    if (terms.didNotMatch) await this.warnOfLastTry(tx, verification, day, terms.confirmLastTry);
    return day;
  }

  /** The place is taken already: nobody can take the last one between our count and our commit. */
  private async warnOfLastTry(tx: Tx, verification: Verification, day: string, isConfirmed: boolean): Promise<void> {
    verification.triesLeft = await this.dayCount.left(tx, verification.billHash, day);
    if (verification.triesLeft === 0 && !isConfirmed) throw new ProblemError('last-try-unconfirmed');
  }
}

/** Takes a stored answer that still holds, or joins the identical question under way. */
function answerFrom(asked: readonly Verification[], verification: Verification, today: string): boolean {
  const identical = asked.filter(({ elementsHash }) => elementsHash === verification.elementsHash);
  const told = identical.find(({ state }) => state === 'answered');
  if (told !== undefined && stillHolds(told, today)) {
    verification.answerFrom(told);
    return true;
  }
  const underWay = identical.find(({ isOpen }) => isOpen);
  if (underWay !== undefined) verification.join(underWay);
  return underWay !== undefined;
}

function isMismatchOf({ outcome, elementsHash }: Verification, verification: Verification): boolean {
  return outcome === 'MISMATCH' && elementsHash !== verification.elementsHash;
}
