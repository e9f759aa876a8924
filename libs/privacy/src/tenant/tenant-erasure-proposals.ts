import type { Proposal } from '@app/approvals';
import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { tenantInventory } from './tenant-inventory';

/** What is proposed when a whole tenant is to be erased. */
@Injectable()
export class TenantErasureProposals {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Bound to what the tenant holds now. @throws ProblemError `tenant-name-differs` for another name than the tenant's */
  async of(tenant: TenantContext, { name, reason }: { name: string; reason: string }): Promise<Proposal> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const [row] = await tx.manager.query<{ name: string }[]>('select name from tenant where id = $1', [tenant.tenantId]);
      if (row?.name !== name) throw new ProblemError('tenant-name-differs');
      const payload = { tenant: name, ...(await tenantInventory(tx)) };
      return { kind: 'tenant.erase', payload, target: { type: 'tenant', id: tenant.tenantId }, reason };
    });
  }
}
