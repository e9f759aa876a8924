import { AuditLog } from '@app/audit';
import { ProblemError } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { KeyExportStore } from './key-export.store';

/** Hands packages of keys out. */
@Injectable()
export class KeyExports {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: KeyExportStore,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The file, once: with this answer the installation has it no more. One that was lost on its way is exported anew, by two persons.
   * @throws ProblemError `not-found` before it was approved, `key-export-delivered`, `key-export-expired` when nobody fetched it in time
   */
  async deliver(tenant: TenantContext, id: string): Promise<string> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.store.lock(tx, id);
      if (found === null) throw new ProblemError('not-found');
      const { recipient, packageText, sha256, isExpired } = found;
      if (packageText === null) throw new ProblemError(isExpired ? 'key-export-expired' : 'key-export-delivered');
      await this.store.markDelivered(tx, id);
      await this.audit.append(tx, { action: 'dataKey.deliver', targetType: 'keyExport', targetId: id, detail: { recipient, sha256 } });
      return packageText;
    });
  }
}
