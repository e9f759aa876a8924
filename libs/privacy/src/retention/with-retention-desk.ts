import { AuditEntry, AuditLog } from '@app/audit';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, type TenantContext, UnitOfWork } from '@app/database';
import { createKeyring, type Keyring, type KeyringOptions } from '@app/keyring';
import { type JobQueue, withJobQueue } from '@app/queue';
import { BillSecrets, BillStore, BillWordErasure, Correction, Receipt, ReceiptErasure, ReceiptStore } from '@app/receipts';
import { BatchErasure, DraftErasure, Verification, VerificationErasure, VerificationSecrets, VerificationStore } from '@app/verification';
import { MessageErasure } from '@app/webhooks';
import type { DataSource } from 'typeorm';
import { SubjectRequestStore } from '../subject/subject-request.store';
import { SubjectRequests } from '../subject/subject-requests.service';
import { Clock } from './clock';
import { ErasableClasses } from './erasable-class';
import { RetentionChanges } from './retention-changes';
import { RetentionPreviews } from './retention-preview.service';
import { RetentionRuleStore } from './retention-rule.store';
import { RetentionSettings } from './retention-settings.service';

/** What an operator does with a tenant's retention. */
export interface RetentionDesk {
  /** Requests of persons, which a worker goes on with. */
  subjects(jobs: JobQueue, keys: KeyringOptions): Promise<SubjectRequests>;
  settings: RetentionSettings;
  previews(keys: KeyringOptions): Promise<RetentionPreviews>;
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
  const [clock, rules, audit] = [new Clock(), new RetentionRuleStore(), new AuditLog()];
  return {
    async subjects(jobs, keys) {
      const store = new SubjectRequestStore(await createKeyring({ dataSource, unitOfWork }, keys));
      return new SubjectRequests(unitOfWork, store, jobs, audit, clock);
    },
    settings: new RetentionSettings(unitOfWork, rules, new RetentionChanges(rules, audit, clock)),
    async previews(keys) {
      const keyring = await createKeyring({ dataSource, unitOfWork }, keys);
      return new RetentionPreviews(unitOfWork, rules, erasableClasses(storesOf(keyring)), clock);
    },
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

interface Stores {
  receipts: ReceiptStore;
  secrets: BillSecrets;
  verifications: VerificationStore;
}

function storesOf(keyring: Keyring): Stores {
  return {
    receipts: new ReceiptStore(keyring),
    secrets: new BillSecrets(keyring),
    verifications: new VerificationStore(new VerificationSecrets(keyring)),
  };
}

function erasableClasses({ receipts, secrets, verifications }: Stores): ErasableClasses {
  const words = new BillWordErasure(new BillStore(secrets), secrets);
  const erasing = [new ReceiptErasure(receipts, words), new VerificationErasure(verifications, words)] as const;
  return new ErasableClasses(...erasing, new DraftErasure(), new MessageErasure(), new BatchErasure());
}
