import { AuditLog } from '@app/audit';
import { type BillOriginRequest, ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { BillStore } from './bill.store';

/** Says what a bill's original is and where it is kept; what was said before stays in the audit. */
@Injectable()
export class BillOrigins {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bills: BillStore,
    private readonly audit: AuditLog,
  ) {}

  /** The same again changes nothing, and is on record once. @throws ProblemError `not-found` */
  async set(tenant: TenantContext, id: string, { originalKind, archiveLocation }: BillOriginRequest): Promise<void> {
    await this.unitOfWork.run(tenant, async (tx) => {
      const bill = await this.bills.lock(tx, id);
      if (bill === null) throw new ProblemError('not-found');
      if (bill.originalKind === originalKind && bill.archiveLocation === archiveLocation) return;
      await this.bills.setOrigin(tx, id, { originalKind, archiveLocation });
      const before = { kindBefore: bill.originalKind, locationBefore: bill.archiveLocation };
      const detail = { kind: originalKind, location: archiveLocation, ...before };
      await this.audit.append(tx, { action: 'bill.origin.set', targetType: 'bill', targetId: id, detail });
    });
  }
}
