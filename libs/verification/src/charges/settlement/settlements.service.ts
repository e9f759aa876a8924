import type { ApprovedBy } from '@app/approvals';
import { type AuditDetail, AuditLog } from '@app/audit';
import { type Charge, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { outcomePolicy } from '@app/providers';
import { Injectable } from '@nestjs/common';
import type { Attempt } from '../../attempt.entity';
import { AttemptStore } from '../../attempt.store';
import { BillDayCount } from '../../bill-day-count.store';
import { SettledVerifications } from '../../followers/settled-verifications';
import type { Verification } from '../../verification.entity';
import { VerificationStore } from '../../verification.store';
import { type ChargeEntry } from '../charge.entity';
import { ChargeStore } from '../charge.store';
import { isSameSettlement, type Settlement, type SettlementOrder } from './settlement';
import { SettlementStore } from './settlement.store';
import { outcomeOfCode, provesNoLookup } from './told-by-code';

/** Closes unknown charges. What a call cost is settled; what it would have answered stays unknown, whatever a statement says. */
@Injectable()
export class Settlements {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly verifications: VerificationStore,
    private readonly attempts: AttemptStore,
    private readonly charges: ChargeStore,
    private readonly settlements: SettlementStore,
    private readonly dayCount: BillDayCount,
    private readonly settled: SettledVerifications,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Settles one attempt with its verification, in one transaction; the same order again gives the same settlement.
   * @throws ProblemError `not-found`, `charge-known` when the charge is not unknown, `charge-settled` when it was settled otherwise
   */
  async settle(tenant: TenantContext, order: SettlementOrder, verificationId?: string): Promise<Settlement> {
    return this.unitOfWork.run(tenant, (tx) => this.settleIn(tx, order, verificationId));
  }

  /** The same within a transaction, such as that of an approval. */
  async settleIn(tx: Tx, order: SettlementOrder, verificationId?: string, approved?: ApprovedBy): Promise<Settlement> {
    const found = await this.find(tx, order, verificationId);
    return 'earlier' in found ? found.earlier : this.write(tx, found, order, approved);
  }

  /** What an order is about. @throws ProblemError as `settle` */
  async find(tx: Tx, order: SettlementOrder, verificationId?: string): Promise<Target | { earlier: Settlement }> {
    const { attempt, verification } = await this.lock(tx, order.attemptId, verificationId);
    const earlier = (await this.settlements.ofAttempts(tx, [attempt.id])).get(attempt.id);
    if (earlier !== undefined) {
      if (isSameSettlement(earlier, order)) return { earlier };
      throw new ProblemError('charge-settled');
    }
    const charge = await this.charges.find(tx, attempt.id);
    if (charge?.state !== 'unknown') throw new ProblemError('charge-known');
    return { attempt, verification, charge };
  }

  private async lock(tx: Tx, attemptId: string, verificationId?: string): Promise<{ attempt: Attempt; verification: Verification }> {
    const attempt = await this.attempts.find(tx, attemptId);
    const seen = attempt && (await this.verifications.find(tx, attempt.verificationId));
    if (!seen || (verificationId !== undefined && seen.id !== verificationId)) throw new ProblemError('not-found');
    // The order of locks in which outcomes are written, too.
    await this.verifications.serializeBill(tx, seen.billHash);
    const verification = await this.verifications.lock(tx, seen.id);
    if (verification === null) throw new ProblemError('not-found');
    return { attempt, verification };
  }

  private async write(tx: Tx, target: Target, order: SettlementOrder, approved?: ApprovedBy): Promise<Settlement> {
    const settlement = settlementOf(tx, target, order);
    await this.settlements.insert(tx, settlement);
    const ended = await this.closeVerification(tx, target, settlement);
    const isGivenBack = order.charge === 'notCharged' && hadNoLookup(target.attempt, order);
    if (isGivenBack) await this.dayCount.giveBack(tx, target.verification.billHash, target.attempt.countedDay);
    await this.record(tx, target.verification, settlement, { placeGivenBack: isGivenBack, ...approvedDetail(approved) });
    await this.settled.tellOfCharge(tx, {
      attemptId: target.attempt.id,
      verificationId: target.verification.id,
      charge: order.charge,
    });
    await this.settled.tell(tx, ended);
    return settlement;
  }

  /** Answers the verifications that came to their end by it: this one and those that joined it, or none while others of its calls are open. */
  private async closeVerification(tx: Tx, { attempt, verification }: Target, settlement: Settlement): Promise<Verification[]> {
    const attempts = await this.attempts.listOf(tx, verification.id);
    const settled = await this.settlements.ofAttempts(
      tx,
      attempts.map(({ id }) => id),
    );
    const charges = attempts.map(({ id, charge }) => settled.get(id)?.charge ?? charge);
    verification.charge = sumOf(charges);
    const isOpen = charges.some((charge) => charge === 'unknown' || charge === null);
    const isClosed = verification.state === 'unknown' && !isOpen;
    if (isClosed) {
      verification.state = 'settled';
      verification.settledOutcome = outcomeOfCode(attempt.provider, settlement.providerCode);
    }
    const joined = await this.settlements.saveSettled(tx, verification);
    return isClosed ? [verification, ...joined] : [];
  }

  private record(tx: Tx, verification: Verification, settlement: Settlement, more: AuditDetail): Promise<void> {
    const { attemptId, charge, source, statement, reason, providerCode, priceHao } = settlement;
    return this.audit.append(tx, {
      action: 'charge.settle',
      targetType: 'attempt',
      targetId: attemptId,
      detail: {
        verificationId: verification.id,
        charge,
        source,
        reason,
        statementSha256: statement?.sha256 ?? null,
        statementLine: statement?.line ?? null,
        providerCode,
        priceHao: String(priceHao),
        verificationState: verification.state,
        ...more,
      },
    });
  }
}

function approvedDetail(approved: ApprovedBy | undefined): AuditDetail {
  return approved === undefined ? {} : { approvalId: approved.approvalId, proposedBy: approved.proposedBy };
}

interface Target {
  attempt: Attempt;
  verification: Verification;
  charge: ChargeEntry;
}

function settlementOf({ tenant }: Tx, { attempt, charge }: Target, { feeHao, ...order }: SettlementOrder): Settlement {
  return {
    ...order,
    verificationId: attempt.verificationId,
    priceHao: order.charge === 'charged' ? (feeHao ?? charge.price.hao) : 0n,
    settledBy: tenant.actor.id,
    settledAt: new Date(),
  };
}

/** Where the attempt still holds its place of the day, and the provider's own code says that nothing was looked up. */
function hadNoLookup(attempt: Attempt, { providerCode }: SettlementOrder): boolean {
  const holdsPlace = attempt.state === 'unknown' || (attempt.outcome !== null && outcomePolicy(attempt.outcome).countsTowardDailyLimit);
  return holdsPlace && provesNoLookup(outcomeOfCode(attempt.provider, providerCode));
}

function sumOf(charges: readonly (Charge | null)[]): Charge {
  if (charges.includes('charged')) return 'charged';
  return charges.includes('unknown') ? 'unknown' : 'notCharged';
}
