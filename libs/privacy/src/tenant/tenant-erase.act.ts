import type { DangerousAct } from '@app/approvals';
import { type ActChange, ProblemError, TenantErasureProposal } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { tenantInventory } from './tenant-inventory';

/**
 * Lets all of a tenant be erased once two persons want it. Approving erases nothing: no process has the keys and rights for it, so an operator
 * does it at the command line, with this approval and while what it was approved for still stands.
 */
@Injectable()
export class TenantEraseAct implements DangerousAct<TenantErasureProposal> {
  readonly kind = 'tenant.erase' as const;
  readonly payload = TenantErasureProposal;

  /** @throws ProblemError `approval-outdated` when the tenant holds something else than was proposed */
  async changes(tx: Tx, proposal: TenantErasureProposal): Promise<ActChange[]> {
    await this.perform(tx, proposal);
    return Object.entries(proposal.records).map(([field, count]) => ({ field, before: count.toString(), after: '0' }));
  }

  /** @throws ProblemError `approval-outdated` */
  async perform(tx: Tx, { foundHash }: TenantErasureProposal): Promise<void> {
    if ((await tenantInventory(tx)).foundHash !== foundHash) throw new ProblemError('approval-outdated');
  }
}
