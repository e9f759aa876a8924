import { AuditLog } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Attempt } from './attempt.entity';
import { AttemptStore } from './attempt.store';
import { SettlementStore } from './charges/settlement/settlement.store';
import type { Verification } from './verification.entity';
import { VerificationStore } from './verification.store';

/** A verification with the upstream calls it took, each with what it turned out to have cost. */
export interface VerificationDetail {
  verification: Verification;
  attempts: Attempt[];
}

/** A tenant's verifications, to look at. */
@Injectable()
export class Verifications {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: VerificationStore,
    private readonly attempts: AttemptStore,
    private readonly settlements: SettlementStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * With a purpose, that its personal fields were seen is committed to the audit first: no record, no value.
   * @throws ProblemError `not-found`, for a foreign verification as for a missing one
   */
  async get(tenant: TenantContext, id: string, purpose: string | null = null): Promise<VerificationDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const verification = await this.store.find(tx, id);
      if (verification === null) throw new ProblemError('not-found');
      if (purpose !== null) {
        await this.audit.append(tx, { action: 'personal.unmask', targetType: 'verification', targetId: id, detail: { purpose } });
      }
      return { verification, attempts: await this.attemptsOf(tx, id) };
    });
  }

  private async attemptsOf(tx: Tx, verificationId: string): Promise<Attempt[]> {
    const attempts = await this.attempts.listOf(tx, verificationId);
    const unknown = attempts.filter(({ charge }) => charge === 'unknown');
    if (unknown.length === 0) return attempts;
    const settled = await this.settlements.ofAttempts(
      tx,
      unknown.map(({ id }) => id),
    );
    for (const attempt of unknown) attempt.charge = settled.get(attempt.id)?.charge ?? attempt.charge;
    return attempts;
  }
}
