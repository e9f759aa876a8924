import { AuditEntry, AuditLog } from '@app/audit';
import { ConfiguredMasterKeys, SUITES } from '@app/crypto';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import { KeyringAdmin } from './keyring-admin';
import type { KeyringOptions } from './create-keyring';

/** Opens the database as its owner for one piece of administration of keys. */
export async function withKeyringAdmin<T>(
  options: KeyringOptions & { ownerUrl: string; applicationName: string },
  work: (admin: KeyringAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName, masterKey, suite } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const masterKeys = new ConfiguredMasterKeys(masterKey);
    const unitOfWork = new UnitOfWork(dataSource);
    return await work(new KeyringAdmin({ dataSource, unitOfWork, audit: new AuditLog(), masterKeys, suite: SUITES[suite] }));
  } finally {
    await dataSource.destroy();
  }
}
