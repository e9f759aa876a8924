import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import { ChainHeads } from '../anchors/chain-heads';
import { AuditEntry } from '../audit-entry.entity';
import { AuditLog } from '../audit-log';
import { AuditExport } from './audit-export';
import { ExportStore } from './export.store';

/** What proves the audit, for one piece of work at the command line. */
export interface AuditProof {
  export: AuditExport;
  heads: ChainHeads;
  store: ExportStore;
  unitOfWork: UnitOfWork;
  audit: AuditLog;
}

/** Opens the database as its owner. */
export async function withAuditProof<T>(
  options: { ownerUrl: string; applicationName: string },
  work: (proof: AuditProof) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const unitOfWork = new UnitOfWork(dataSource);
    const store = new ExportStore(dataSource, unitOfWork);
    const audit = new AuditLog();
    return await work({ export: new AuditExport(store), heads: new ChainHeads(dataSource, unitOfWork), store, unitOfWork, audit });
  } finally {
    await dataSource.destroy();
  }
}
