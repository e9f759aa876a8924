import { AuditLog } from '@app/audit';
import { type TenantContext, UnitOfWork } from '@app/database';
import { ObjectStore } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { SubjectRequestStore } from '../subject/subject-request.store';
import type { Sweep, SweepMoment } from './sweep';

const AT_ONCE = 50;
const KEPT_MS = 7 * 86_400_000;

/** Copies that were made for persons and have had their week. Without their key nobody opens them, even where an object is left over. */
@Injectable()
export class ExpiredExportsSweep implements Sweep {
  readonly name = 'export';

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SubjectRequestStore,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
  ) {}

  async run(tenant: TenantContext, { now, signal }: SweepMoment): Promise<number> {
    const before = new Date(now.getTime() - KEPT_MS);
    const due = await this.unitOfWork.run(tenant, (tx) => this.store.exportedBefore(tx, before, AT_ONCE));
    for (const { id, exports } of due) {
      signal.throwIfAborted();
      // The objects first, while the row still names them: killed in between, the next run goes on.
      for (const { key } of exports) await this.objects.delete(key);
      await this.unitOfWork.run(tenant, async (tx) => {
        await this.store.dropExport(tx, id);
        const detail = { parts: exports.length };
        await this.audit.append(tx, { action: 'subject.expire', targetType: 'subject', targetId: id, detail });
      });
    }
    return due.length;
  }
}
