import { AuditLog } from '@app/audit';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Attempt } from './attempt.entity';
import { AttemptStore } from './attempt.store';
import { BillDayCount } from './bill-day-count.store';
import { shanghaiDay } from './shanghai-day';
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

  /** Takes one of the bill's places of today; false when none is left. */
  async takePlace(tx: Tx, billHash: string): Promise<boolean> {
    return this.dayCount.take(tx, billHash, shanghaiDay(new Date()));
  }

  /** Writes the intent, its audit entry and its job. The bill's place of today must have been taken in this transaction. */
  async declare(tx: Tx, verification: Verification, call: { number: number; startAfterSeconds?: number; isBackground?: boolean }): Promise<void> {
    const attempt = intended(verification, call.number);
    await this.attempts.insert(tx, attempt);
    await this.audit.append(tx, {
      action: 'verification.intend',
      targetType: 'attempt',
      targetId: attempt.id,
      detail: {
        verificationId: verification.id,
        number: attempt.number,
        provider: attempt.provider,
        elementsHash: verification.elementsHash,
      },
    });
    const payload = { tenantId: tx.tenant.tenantId, verificationId: verification.id, attemptId: attempt.id };
    await this.jobs.enqueue(tx, 'verification.send', payload, {
      startAfterSeconds: call.startAfterSeconds,
      ...(call.isBackground === true && { priority: BACKGROUND_PRIORITY }),
    });
  }
}

function intended(verification: Verification, number: number): Attempt {
  const createdAt = new Date();
  return Object.assign(new Attempt(), {
    tenantId: verification.tenantId,
    id: uuidv7(),
    verificationId: verification.id,
    number,
    provider: verification.provider,
    state: 'intended' as const,
    outcome: null,
    providerCode: null,
    providerMessage: null,
    providerTaskNumber: null,
    charge: null,
    countedDay: shanghaiDay(createdAt),
    createdAt,
    finishedAt: null,
  });
}
