import { AuditLog, type AuditRecord } from '@app/audit';
import { type Hold, type JobPayloads, type ProviderId, shanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { AttemptIntents } from '../attempt-intents';
import type { Attempt } from '../attempt.entity';
import { AttemptStore } from '../attempt.store';
import { BillDayCount } from '../bill-day-count.store';
import type { ProviderChannels } from '../channel/provider-channels';
import type { Allowance } from '../policy/allowance';
import { PolicyStore } from '../policy/policy.store';
import { DEFAULT_POLICY, type PolicyTerms } from '../policy/verification-policy.entity';
import type { SettledVerifications } from '../followers/settled-verifications';
import { VERIFICATION_RULES_VERSION } from '../rules/verification-rules-changes';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import type { AttemptEnds } from './attempt-ends.store';
import { type AttemptResult, transportEnd } from './attempt-result';
import { mayGoOn, nextStep, type TriesSoFar } from './next-step';

/** The attempt whose job runs, and the keyed hash of its bill. */
export type Target = JobPayloads['verification.send'] & { billHash: string };

/** How an attempt waits: why, for how long, and whether egress may have heard of it by now. */
export interface Postponement {
  hold: Hold;
  startAfterSeconds: number;
  wasAsked: boolean;
}

/** What the outcomes are written with. */
export interface OutcomeParts {
  verifications: VerificationStore;
  attempts: AttemptStore;
  ends: AttemptEnds;
  dayCount: BillDayCount;
  intents: AttemptIntents;
  policies: PolicyStore;
  allowance: Allowance;
  channels: ProviderChannels;
  settled: SettledVerifications;
  jobs: JobQueue;
  audit: AuditLog;
  /** Providers that are configured, the preferred first. */
  failoverOrder: readonly ProviderId[];
}

/** Writes what became of an attempt: its end, the charge, the bill's count, the verification, the audit entry and a retry, in one transaction. */
export class AttemptOutcomes {
  constructor(private readonly parts: OutcomeParts) {}

  /** Ends the attempt and settles its verification; false for an attempt that another run has ended already, which is left alone. */
  async record(tx: Tx, target: Target, result: AttemptResult): Promise<boolean> {
    const open = await this.lockIntended(tx, target);
    if (open === null) return false;
    const { attempt } = open;
    await this.end(tx, open, result);
    await this.parts.channels.observe(tx, { provider: attempt.provider, attemptId: attempt.id }, result);
    return true;
  }

  /**
   * Counts an attempt of which egress surely never heard, and that waited beyond midnight in Shanghai, on the day on which it is made: the
   * provider will. Where that day has no place left for the bill, or the tenant's allowance no room, it ends unsent, as a request of that
   * day would. Answers whether it goes on.
   */
  async countToday(tx: Tx, target: Target): Promise<boolean> {
    const open = await this.lockIntended(tx, target);
    if (open === null || open.attempt.askedAt !== null) return open !== null;
    const { policies, allowance, dayCount, attempts } = this.parts;
    const { attempt, verification } = open;
    const policy = await policies.current(tx);
    await allowance.hold(tx, policy);
    const day = await this.newPlace(tx, verification, attempt.provider, policy);
    if (day === null) {
      await this.end(tx, open, NO_PLACE_TODAY);
      return false;
    }
    await dayCount.giveBack(tx, verification.billHash, attempt.countedDay);
    await attempts.countOn(tx, attempt.id, day);
    return true;
  }

  /** The same attempt is taken up again later, under the same id, by a fresh job: it uses up none of the tries of the one that runs. */
  async postpone(tx: Tx, target: Target, { hold, startAfterSeconds, wasAsked }: Postponement): Promise<void> {
    const open = await this.lockIntended(tx, target);
    if (open === null) return;
    const { verifications, attempts, audit, jobs } = this.parts;
    const { attempt, verification } = open;
    // A queue that waits for an hour says once why.
    const isNews = verification.hold !== hold;
    const nextAttemptAt = new Date(Date.now() + startAfterSeconds * 1_000);
    verification.settle({ state: 'queued', outcome: null, charge: null, face: null, nextAttemptAt, hold }, new Date());
    await verifications.saveAnswer(tx, verification);
    if (wasAsked && attempt.askedAt === null) await attempts.markAsked(tx, attempt.id);
    const detail = { verificationId: verification.id, hold, startAfterSeconds };
    if (isNews) await audit.append(tx, { action: 'verification.postpone', targetType: 'attempt', targetId: attempt.id, detail });
    const { tenantId, verificationId, attemptId } = target;
    await jobs.enqueue(tx, 'verification.send', { tenantId, verificationId, attemptId }, { startAfterSeconds });
  }

  /**
   * Lets an attempt of which egress surely never heard go to the other provider instead, as a new attempt, when the tenant's policy allows
   * it and the other one is well. Answers whether it did.
   */
  async moveOn(tx: Tx, target: Target): Promise<boolean> {
    const { policies, channels, attempts, dayCount, ends } = this.parts;
    if ((await policies.current(tx)).failover === 'off') return false;
    const open = await this.lockIntended(tx, target);
    if (open === null || open.attempt.askedAt !== null) return false;
    const { attempt, verification } = open;
    const other = this.otherThan(attempt.provider);
    if (other === null) return false;
    const others = await attempts.listOf(tx, verification.id);
    if (others.some(({ provider }) => provider !== attempt.provider) || !(await channels.isClosed(tx, other))) return false;
    const countedDay = await this.placeOfToday(tx, verification, attempt);
    if (countedDay === null) return false;
    const result = { raw: null, alerts: [] };
    attempt.finish(transportEnd('notSent', 'NETWORK_TIMEOUT', 'notCharged'), new Date());
    await ends.write(tx, attempt, result);
    if (countedDay !== attempt.countedDay) await dayCount.giveBack(tx, verification.billHash, attempt.countedDay);
    const nextAttemptAt = new Date();
    verification.settle({ state: 'queued', outcome: null, charge: null, face: null, nextAttemptAt }, nextAttemptAt);
    await this.declareAt(tx, { attempt, verification, record: recordOf(attempt, result) }, { provider: other, countedDay });
    return true;
  }

  private async end(tx: Tx, { attempt, verification }: Open, result: AttemptResult): Promise<void> {
    const goingOn = await this.termsOfGoingOn(tx, attempt, result);
    attempt.finish(result.end, new Date());
    await this.parts.ends.write(tx, attempt, result);
    await this.adjustCount(tx, verification, attempt, result.place);
    await this.settle(tx, { attempt, verification, record: recordOf(attempt, result) }, result, goingOn);
  }

  private async lockIntended(tx: Tx, target: Target): Promise<Open | null> {
    // Requests for the bill take this lock too: none can join between our look at who joined and our commit.
    await this.parts.verifications.serializeBill(tx, target.billHash);
    const verification = await this.parts.verifications.lock(tx, target.verificationId);
    const attempt = await this.parts.attempts.find(tx, target.attemptId);
    return verification !== null && attempt?.state === 'intended' ? { attempt, verification } : null;
  }

  /** Null where nothing can follow: then neither the policy nor the other attempts need to be looked at. */
  private async termsOfGoingOn(tx: Tx, attempt: Attempt, { end }: AttemptResult): Promise<GoingOn | null> {
    if (!mayGoOn(end)) return null;
    const policy = await this.parts.policies.current(tx);
    // Before the bill's count is touched, as requests do it, so that two tenants can never wait for each other.
    await this.parts.allowance.hold(tx, policy);
    const others = await this.parts.attempts.listOf(tx, attempt.verificationId);
    const next = this.otherThan(attempt.provider);
    // What the tenant's register does not hold open is no second provider: a verification that went there would wait for ever.
    const hasNext = next !== null && (await this.parts.channels.isOpen(tx, next));
    return {
      policy,
      tries: {
        inAll: others.length,
        atProvider: others.filter(({ provider }) => provider === attempt.provider).length,
        movedOn: !hasNext || others.some(({ provider }) => provider !== attempt.provider),
        failover: policy.failover,
      },
    };
  }

  private async adjustCount(tx: Tx, verification: Verification, attempt: Attempt, place: AttemptResult['place']): Promise<void> {
    const { dayCount } = this.parts;
    if (place === 'giveBack') await dayCount.giveBack(tx, verification.billHash, attempt.countedDay);
    if (place === 'fill') await dayCount.fill(tx, verification.billHash, attempt.countedDay);
  }

  private async settle(tx: Tx, ended: Ended, { end, face }: AttemptResult, goingOn: GoingOn | null): Promise<void> {
    const { attempt, verification, record } = ended;
    const { outcome, charge } = end;
    const at = new Date();
    const step = nextStep(end, goingOn?.tries ?? NOTHING_FOLLOWS);
    const other = step.kind === 'failover' ? this.otherThan(attempt.provider) : null;
    const provider = other ?? attempt.provider;
    const countedDay = step.kind === 'end' ? null : await this.newPlace(tx, verification, provider, goingOn?.policy ?? DEFAULT_POLICY);
    if (step.kind !== 'end' && countedDay !== null) {
      const startAfterSeconds = step.kind === 'retry' ? step.afterSeconds : 0;
      const nextAttemptAt = new Date(at.getTime() + startAfterSeconds * 1_000);
      verification.settle({ state: 'waiting', outcome, charge, face, nextAttemptAt }, at);
      await this.declareAt(tx, ended, { provider, countedDay, startAfterSeconds });
      return;
    }
    const state = step.kind === 'end' ? step.state : 'failed';
    verification.settle({ state, outcome, charge, face, nextAttemptAt: null }, at);
    const joined = await this.parts.verifications.saveAnswer(tx, verification);
    await this.parts.audit.append(tx, withState(record, verification));
    await this.parts.settled.tell(tx, [verification, ...joined]);
  }

  /** Saves the open verification and declares the attempt that follows the ended one. */
  private async declareAt(tx: Tx, { attempt, verification, record }: Ended, call: FollowingCall): Promise<void> {
    verification.provider = call.provider;
    await this.parts.verifications.saveAnswer(tx, verification);
    const { startAfterSeconds = 0, ...rest } = call;
    const following = { number: attempt.number + 1, ...rest, ...(startAfterSeconds === 0 ? {} : { startAfterSeconds }) };
    await this.parts.intents.declare(tx, verification, following, [withState(record, verification)]);
  }

  private async newPlace(tx: Tx, { billHash }: Verification, provider: ProviderId, policy: PolicyTerms): Promise<string | null> {
    if ((await this.parts.allowance.refusal(tx, policy, provider)) !== null) return null;
    return this.parts.intents.takePlace(tx, billHash);
  }

  private otherThan(provider: ProviderId): ProviderId | null {
    return this.parts.failoverOrder.find((other) => other !== provider) ?? null;
  }

  /** The place that the attempt holds, if it is of today; else one of today. */
  private placeOfToday(tx: Tx, { billHash }: Verification, { countedDay }: Attempt): Promise<string | null> {
    return countedDay === shanghaiDay(new Date()) ? Promise.resolve(countedDay) : this.parts.intents.takePlace(tx, billHash);
  }
}

interface GoingOn {
  policy: PolicyTerms;
  tries: TriesSoFar;
}

interface Open {
  attempt: Attempt;
  verification: Verification;
}

interface Ended extends Open {
  record: AuditRecord;
}

interface FollowingCall {
  provider: ProviderId;
  countedDay: string;
  startAfterSeconds?: number;
}

/** The day on which a call would have been made has no place for it. */
const NO_PLACE_TODAY: AttemptResult = {
  end: transportEnd('notSent', 'DAILY_LIMIT', 'notCharged'),
  face: null,
  place: 'giveBack',
  raw: null,
  alerts: [],
};

const NOTHING_FOLLOWS: TriesSoFar = { inAll: Infinity, atProvider: Infinity, movedOn: true, failover: 'off' };

function recordOf(attempt: Attempt, { alerts }: Pick<AttemptResult, 'alerts'>): AuditRecord {
  const { id, verificationId, state: attemptState, outcome, charge, providerCode } = attempt;
  const detail = {
    verificationId,
    attemptState,
    outcome,
    charge,
    providerCode,
    alerts: alerts.length === 0 ? null : alerts.join(' '),
    rulesVersion: VERIFICATION_RULES_VERSION,
  };
  return { action: 'verification.outcome', targetType: 'attempt', targetId: id, detail };
}

function withState(record: AuditRecord, { state }: Verification): AuditRecord {
  return { ...record, detail: { ...record.detail, verificationState: state } };
}
