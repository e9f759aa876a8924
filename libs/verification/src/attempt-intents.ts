import { AuditLog, type AuditRecord } from '@app/audit';
import { type ProviderId, shanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Attempt } from './attempt.entity';
import { AttemptStore } from './attempt.store';
import { BillDayCount } from './bill-day-count.store';
import type { Verification } from './verification.entity';

/** Below that of a call for which somebody waits. */
const BACKGROUND_PRIORITY = -10;

/** Declares upstream calls before they are made: no intent on record, no call. */
@Injectable()
export class AttemptIntents {
  constructor(
    private readonly attempts: AttemptStore,
    private readonly dayCount: BillDayCount,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
  ) {}

  /** Takes one of the bill's places of today; the day it was taken on, or null when none is left. */
  async takePlace(tx: Tx, billHash: string): Promise<string | null> {
    const today = shanghaiDay(new Date());
    return (await this.dayCount.take(tx, billHash, today)) ? today : null;
  }

  /**
   * Writes the intent, its job and its audit entry, after the entries in `before`. The bill's place of `countedDay` must have been taken in
   * this transaction.
   */
  async declare(tx: Tx, verification: Verification, call: IntendedCall, before: readonly AuditRecord[] = []): Promise<void> {
    const attempt = intended(verification, call);
    await this.attempts.insert(tx, attempt);
    await this.audit.appendAll(tx, [...before, recordOf(attempt, verification)]);
    const payload = { tenantId: tx.tenant.tenantId, verificationId: verification.id, attemptId: attempt.id };
    await this.jobs.enqueue(tx, 'verification.send', payload, {
      startAfterSeconds: call.startAfterSeconds,
      ...(call.isBackground === true && { priority: BACKGROUND_PRIORITY }),
    });
  }
}

/** One upstream call to be made: the how manieth of its verification, of whom, when, and the day on which it counts. */
export interface IntendedCall {
  number: number;
  provider: ProviderId;
  countedDay: string;
  startAfterSeconds?: number;
  /** Part of a long batch: it goes behind calls for which somebody waits. */
  isBackground?: boolean | undefined;
}

function recordOf(attempt: Attempt, { elementsHash }: Verification): AuditRecord {
  const { id, verificationId, number, provider } = attempt;
  const detail = { verificationId, number, provider, elementsHash };
  return { action: 'verification.intend', targetType: 'attempt', targetId: id, detail };
}

function intended({ tenantId, id: verificationId }: Verification, { number, provider, countedDay }: IntendedCall): Attempt {
  return Object.assign(new Attempt(), {
    tenantId,
    id: uuidv7(),
    verificationId,
    number,
    provider,
    state: 'intended' as const,
    outcome: null,
    providerCode: null,
    providerMessage: null,
    providerMessageSealed: null,
    replyKeySealed: null,
    providerTaskNumber: null,
    charge: null,
    countedDay,
    askedAt: null,
    createdAt: new Date(),
    finishedAt: null,
  });
}
