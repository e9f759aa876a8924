import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { withJobQueue } from '@app/queue';
import type { ObjectStore } from '@app/storage';
import { BillStore, BillWordErasure, Correction, Receipt, ReceiptErasure, ReceiptStore } from '@app/receipts';
import { DraftErasure, Verification, VerificationErasure, VerificationStore } from '@app/verification';
import { MessageErasure } from '@app/webhooks';
import type { DataSource } from 'typeorm';
import { SubjectRequests } from '../subject/subject-requests';
import { Clock } from './clock';
import { Erasure } from './erasure.service';
import { ErasureStore } from './erasure.store';
import { ErasableClasses } from './erasable-class';
import { RetentionPreviews } from './retention-preview.service';
import { RetentionRuleStore } from './retention-rule.store';
import { RetentionSettings } from './retention-settings.service';

/** What an operator does with a tenant's retention. */
export interface RetentionDesk {
  /** Needs the object store. */
  subjects(objects: ObjectStore): SubjectRequests;
  settings: RetentionSettings;
  previews: RetentionPreviews;
  /** @throws Error where no tenant has the name */
  tenantIdOf(name: string): Promise<string>;
  /** Queues a run beside the daily one. */
  runNow(tenant: TenantContext): Promise<void>;
}

/** Opens the database as its owner for one piece of work on a tenant's retention. */
export async function withRetentionDesk<T>(
  options: { ownerUrl: string; applicationName: string },
  work: (desk: RetentionDesk) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const entities = [AuditEntry, Receipt, Correction, Verification];
  const dataSource = await createDataSource({ url, applicationName, entities, poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    return await work(retentionDesk(dataSource, url));
  } finally {
    await dataSource.destroy();
  }
}

function retentionDesk(dataSource: DataSource, url: string): RetentionDesk {
  const unitOfWork = new UnitOfWork(dataSource);
  const [clock, rules] = [new Clock(), new RetentionRuleStore()];
  return {
    subjects(objects) {
      const audit = new AuditLog();
      const erasure = new Erasure(unitOfWork, new ErasureStore(), objects, audit, clock);
      return new SubjectRequests({ unitOfWork, audit, erasure, classes: erasableClasses() });
    },
    settings: new RetentionSettings(unitOfWork, rules, new AuditLog(), clock),
    previews: new RetentionPreviews(unitOfWork, rules, erasableClasses(), clock),
    async tenantIdOf(name) {
      const [tenant] = await dataSource.query<{ id: string }[]>('select id from tenant where name = $1', [name]);
      if (tenant === undefined) throw new RangeError(`there is no tenant called "${name}", or this is not the database's owner role`);
      return tenant.id;
    },
    runNow: (tenant) =>
      withJobQueue(url, (jobs) =>
        unitOfWork.run(tenant, (tx) => jobs.enqueue(tx, 'retention.run', { tenantId: tenant.tenantId, day: 'asked for' })),
      ),
  };
}

function erasableClasses(): ErasableClasses {
  const words = new BillWordErasure(new BillStore());
  const receipts = new ReceiptErasure(new ReceiptStore(), words);
  return new ErasableClasses(receipts, new VerificationErasure(new VerificationStore(), words), new DraftErasure(), new MessageErasure());
}
