import { AuditEntry, AuditLog } from '@app/audit';
import { SUITES } from '@app/crypto';
import { assertRoleIsBound, assertSchemaKnown, createDataSource, UnitOfWork } from '@app/database';
import { KeyringAdmin } from './keyring-admin';
import { type KeptKeyringOptions, type KeyringOptions, masterKeysOf } from './create-keyring';
import type { PlacedColumn } from './sealed-column';

const LOCK_TIMEOUT_MS = 10_000;
/** Looking for sealed values reads whole tables. */
const SCAN_TIMEOUT_MS = 600_000;

/** Opens the database as its owner for one piece of administration of keys. */
export async function withKeyringAdmin<T>(
  options: (KeyringOptions | KeptKeyringOptions) & { ownerUrl: string; applicationName: string; columns?: readonly PlacedColumn[] },
  work: (admin: KeyringAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, applicationName, suite, columns } = options;
  const dataSource = await createDataSource({ url, applicationName, entities: [AuditEntry], poolSize: 1 }).initialize();
  try {
    await assertRoleIsBound(dataSource);
    await assertSchemaKnown(dataSource);
    const masterKeys = masterKeysOf(options);
    const unitOfWork = new UnitOfWork(dataSource, { lockTimeoutMs: LOCK_TIMEOUT_MS, statementTimeoutMs: SCAN_TIMEOUT_MS });
    const parts = { dataSource, unitOfWork, audit: new AuditLog(), masterKeys, suite: SUITES[suite] };
    return await work(new KeyringAdmin({ ...parts, ...(columns && { columns }) }));
  } finally {
    await dataSource.destroy();
  }
}
