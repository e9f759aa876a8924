import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Sweep, SweepMoment } from './sweep';

const AT_ONCE = 50;
/** As long as copies that are made for persons: whoever needs the keys later exports them anew, by two persons. */
const KEPT_MS = 7 * 86_400_000;

/** Packages of data keys that two persons let out and nobody fetched. The record stays, without the package. */
@Injectable()
export class UnfetchedKeyExportsSweep implements Sweep {
  readonly name = 'keyExport';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  async run(tenant: TenantContext, { now }: SweepMoment): Promise<number> {
    const before = new Date(now.getTime() - KEPT_MS);
    return this.unitOfWork.run(tenant, async (tx) => {
      // One that is being fetched at this moment is left to whoever fetches it.
      const [rows]: [Expired[], number] = await tx.manager.query(
        `update key_export set package_wrapped = null, expired_at = $3 where tenant_id = $1 and id in (
           select id from key_export where tenant_id = $1 and delivered_at is null and expired_at is null and created_at < $2
           order by id limit ${AT_ONCE} for update skip locked) returning id, recipient, sha256`,
        [tx.tenant.tenantId, before, now],
      );
      await this.audit.appendAll(
        tx,
        rows.map(({ id, ...detail }) => ({ action: 'dataKey.expire', targetType: 'keyExport', targetId: id, detail })),
      );
      return rows.length;
    });
  }
}

interface Expired {
  id: string;
  recipient: string;
  sha256: string;
}
