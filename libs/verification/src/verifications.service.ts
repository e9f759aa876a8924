import { AuditLog } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type KeptBasis, ProcessingBases } from '@app/receipts';
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
  /** By what right and what for it is asked, where that was looked up. */
  bases?: KeptBasis[];
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
    private readonly bases: ProcessingBases,
  ) {}

  /**
   * With a purpose, that its personal fields were seen is committed to the audit first: no record, no value.
   * @throws ProblemError `not-found`, for a foreign verification as for a missing one
   */
  async get(tenant: TenantContext, id: string, purpose: string | null = null): Promise<VerificationDetail> {
    return this.unitOfWork.run(tenant, (tx) => this.detail(tx, id, purpose));
  }

  /** The same with its basis, or those of its receipt or batch. */
  async getWithBases(tenant: TenantContext, id: string, purpose: string | null): Promise<VerificationDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const detail = await this.detail(tx, id, purpose);
      const { receiptId } = detail.verification;
      return { ...detail, bases: await this.bases.of(tx, { receipts: receiptId === null ? [] : [receiptId], verifications: [id] }) };
    });
  }

  private async detail(tx: Tx, id: string, purpose: string | null): Promise<VerificationDetail> {
    const verification = await this.store.find(tx, id);
    if (verification === null) throw new ProblemError('not-found');
    if (purpose !== null) {
      await this.audit.append(tx, { action: 'personal.unmask', targetType: 'verification', targetId: id, detail: { purpose } });
    }
    return { verification, attempts: await this.attemptsOf(tx, id) };
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
