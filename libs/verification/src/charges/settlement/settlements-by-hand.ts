import { shanghaiDay, startOfShanghaiDay } from '@app/contracts';
import { ApprovalStore } from '@app/approvals';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { PolicyStore } from '../../policy/policy.store';
import type { Verification } from '../../verification.entity';
import { HAO_PER_FEN } from '../yuan';
import type { Settlement, SettlementOrder } from './settlement';
import { isWithinLimit, settlementLimit } from './settlement-limit';
import { SettlementStore } from './settlement.store';
import { Settlements } from './settlements.service';

/** Settles on one person's word, as far as the tenant's rules let one person's word be enough. */
export class SettlementsByHand {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly settlements: Settlements,
    private readonly store: SettlementStore,
    private readonly policies: PolicyStore,
    private readonly approvals: ApprovalStore,
    /** The installation's limit of a day, in 毫: a tenant's rules may set a lower one, never a higher. */
    private readonly ceilingHao: bigint,
  ) {}

  /**
   * Answers null, and writes nothing, where a second person is needed.
   * @throws ProblemError as `Settlements.settle`
   */
  async settle(tenant: TenantContext, order: SettlementOrder, verificationId: string): Promise<Settlement | null> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.settlements.find(tx, order, verificationId);
      if ('earlier' in found) return found.earlier;
      const { verification, charge } = found;
      const isEnough = !(await this.isAsker(tx, verification)) && (await this.isWithin(tx, charge.price.hao));
      return isEnough ? this.settlements.settleIn(tx, order, verificationId) : null;
    });
  }

  /** Whoever asked does not say what it cost, nor does anybody with a hand in the key that asked, or that settles. */
  private async isAsker(tx: Tx, { createdBy }: Verification): Promise<boolean> {
    const { actor } = tx.tenant;
    if (createdBy === actor.id) return true;
    const askers = new Set([createdBy, ...(await this.approvals.handlersOfKey(tx, createdBy))]);
    const settlers = actor.type === 'apiKey' ? await this.approvals.handlersOfKey(tx, actor.id) : [actor.id];
    return settlers.some((person) => askers.has(person));
  }

  /** What is settled by hand in a day stays within the limit, into however many calls it is split and by whomever. */
  private async isWithin(tx: Tx, hao: bigint): Promise<boolean> {
    const { settlementLimitFen } = await this.policies.stored(tx);
    const limitHao = settlementLimit(settlementLimitFen === null ? null : settlementLimitFen * HAO_PER_FEN, this.ceilingHao);
    await this.store.holdByHand(tx);
    return isWithinLimit(await this.store.settledByHand(tx, startOfShanghaiDay(shanghaiDay(new Date()))), hao, limitHao);
  }
}
