import type { TenantContext } from '@app/database';
import { Injectable } from '@nestjs/common';
import { EndedApprovalsSweep } from './ended-approvals.sweep';
import { ExpiredExportsSweep } from './expired-exports.sweep';
import { OrphanObjectsSweep } from './orphan-objects.sweep';
import type { Sweep, SweepMoment } from './sweep';
import { UnfetchedKeyExportsSweep } from './unfetched-key-exports.sweep';

/** All sweeps of a tenant, each once. */
@Injectable()
export class Sweeps {
  private readonly all: readonly Sweep[];

  constructor(approvals: EndedApprovalsSweep, exports: ExpiredExportsSweep, keys: UnfetchedKeyExportsSweep, objects: OrphanObjectsSweep) {
    this.all = [approvals, exports, keys, objects];
  }

  /** One that fails stops no other. @throws AggregateError of what failed */
  async run(tenant: TenantContext, moment: SweepMoment): Promise<void> {
    const failures: unknown[] = [];
    for (const sweep of this.all) {
      moment.signal.throwIfAborted();
      await sweep.run(tenant, moment).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything was swept');
  }
}
