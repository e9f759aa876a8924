import { createHash } from 'node:crypto';
import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Sweep, SweepMoment } from './sweep';

const AT_ONCE = 500;
/** A year: longer than the logs must be kept, and the audit says for ever what became of each. */
const KEPT_MS = 365 * 86_400_000;

/** Proposals that came to nothing: rejected, withdrawn or lapsed. What was approved stays, since policies and erasures are proven by it. */
@Injectable()
export class EndedApprovalsSweep implements Sweep {
  readonly name = 'approval';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async run(tenant: TenantContext, { now }: SweepMoment): Promise<number> {
    const before = new Date(now.getTime() - KEPT_MS);
    return this.unitOfWork.run(tenant, async (tx) => {
      const [rows]: [{ id: string }[], number] = await tx.manager.query(
        `delete from approval where tenant_id = $1 and id in (
           select id from approval where tenant_id = $1 and (
             (state in ('rejected', 'withdrawn') and decided_at < $2) or (state = 'open' and expires_at < $2))
           order by id limit ${AT_ONCE}) returning id`,
        [tx.tenant.tenantId, before],
      );
      if (rows.length === 0) return 0;
      const sha256 = createHash('sha256')
        .update(
          rows
            .map(({ id }) => id)
            .sort()
            .join('\n'),
        )
        .digest('hex');
      const detail = { sweep: this.name, removed: rows.length, sha256 };
      await this.audit.append(tx, { action: 'retention.sweep', targetType: 'tenant', targetId: tx.tenant.tenantId, detail });
      return rows.length;
    });
  }
}
