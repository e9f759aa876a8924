import { AuditLog } from '@app/audit';
import type { JobPayloads } from '@app/contracts';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { AttemptIntents } from '../attempt-intents';
import type { Attempt } from '../attempt.entity';
import { AttemptStore } from '../attempt.store';
import { BillDayCount } from '../bill-day-count.store';
import type { CallPrices } from '../charges/call-prices';
import { ChargeEntry } from '../charges/charge.entity';
import { ChargeStore } from '../charges/charge.store';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import type { AttemptResult } from './attempt-result';
import { nextStep } from './next-step';
import { postponeSeconds } from './postpone-seconds';

type Target = JobPayloads['verification.send'];

/** Writes what became of an attempt: its end, the charge, the bill's count, the verification, the audit entry and a retry, in one transaction. */
export class AttemptOutcomes {
  constructor(
    private readonly verifications: VerificationStore,
    private readonly attempts: AttemptStore,
    private readonly charges: ChargeStore,
    private readonly dayCount: BillDayCount,
    private readonly intents: AttemptIntents,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly prices: CallPrices,
  ) {}

  /** Ends the attempt and settles its verification. An attempt that another run has ended already is left alone. */
  async record(tx: Tx, target: Target, result: AttemptResult): Promise<void> {
    const open = await this.lockIntended(tx, target);
    if (open === null) return;
    const { attempt, verification } = open;
    const at = new Date();
    attempt.finish(result.end, at);
    await this.attempts.saveEnd(tx, attempt);
    await this.charges.insert(tx, this.chargeOf(attempt, at));
    await this.adjustCount(tx, verification, attempt, result.place);
    await this.settle(tx, verification, attempt, result);
    await this.verifications.saveAnswer(tx, verification);
    await this.recordOutcome(tx, verification, attempt);
  }

  /** Egress gave no word yet: the same attempt is asked about again later, under the same id; after `seconds` where egress said when. */
  async postpone(tx: Tx, target: Target, seconds?: number): Promise<void> {
    const open = await this.lockIntended(tx, target);
    if (open === null) return;
    const { attempt, verification } = open;
    const startAfterSeconds = seconds ?? postponeSeconds(attempt.createdAt, new Date());
    const nextAttemptAt = new Date(Date.now() + startAfterSeconds * 1_000);
    verification.settle({ state: 'queued', outcome: null, charge: null, face: null, nextAttemptAt }, new Date());
    await this.verifications.saveAnswer(tx, verification);
    await this.audit.append(tx, {
      action: 'verification.postpone',
      targetType: 'attempt',
      targetId: attempt.id,
      detail: { verificationId: verification.id, startAfterSeconds },
    });
    await this.jobs.enqueue(tx, 'verification.send', target, { startAfterSeconds });
  }

  private async lockIntended(tx: Tx, target: Target): Promise<{ attempt: Attempt; verification: Verification } | null> {
    const seen = await this.verifications.find(tx, target.verificationId);
    if (seen === null) return null;
    // Requests for the same elements take this lock too: none can join between our look at who joined and our commit.
    await this.verifications.serialize(tx, 'elements', seen.elementsHash);
    const verification = await this.verifications.lock(tx, target.verificationId);
    const attempt = await this.attempts.find(tx, target.attemptId);
    return verification !== null && attempt?.state === 'intended' ? { attempt, verification } : null;
  }

  private async adjustCount(tx: Tx, verification: Verification, attempt: Attempt, place: AttemptResult['place']): Promise<void> {
    if (place === 'giveBack') await this.dayCount.giveBack(tx, verification.billHash, attempt.countedDay);
    if (place === 'fill') await this.dayCount.fill(tx, verification.billHash, attempt.countedDay);
  }

  private async settle(tx: Tx, verification: Verification, attempt: Attempt, { end, face }: AttemptResult): Promise<void> {
    const at = new Date();
    const { outcome, charge } = end;
    const step = nextStep(end, attempt.number);
    const isRetried = step.kind === 'retry' && (await this.intents.takePlace(tx, verification.billHash));
    if (isRetried) {
      const nextAttemptAt = new Date(at.getTime() + step.afterSeconds * 1_000);
      verification.settle({ state: 'waiting', outcome, charge, face, nextAttemptAt }, at);
      await this.intents.declare(tx, verification, { number: attempt.number + 1, startAfterSeconds: step.afterSeconds });
    } else {
      const state = step.kind === 'end' ? step.state : 'failed';
      verification.settle({ state, outcome, charge, face, nextAttemptAt: null }, at);
    }
  }

  private chargeOf(attempt: Attempt, createdAt: Date): ChargeEntry {
    const { tenantId, id: attemptId, verificationId, provider, outcome, charge: state } = attempt;
    return Object.assign(new ChargeEntry(), {
      tenantId,
      attemptId,
      verificationId,
      provider,
      outcome,
      state,
      priceFen: this.prices[provider],
      createdAt,
    });
  }

  private recordOutcome(tx: Tx, verification: Verification, attempt: Attempt): Promise<void> {
    return this.audit.append(tx, {
      action: 'verification.outcome',
      targetType: 'attempt',
      targetId: attempt.id,
      detail: {
        verificationId: verification.id,
        attemptState: attempt.state,
        outcome: attempt.outcome,
        charge: attempt.charge,
        providerCode: attempt.providerCode,
        verificationState: verification.state,
      },
    });
  }
}
