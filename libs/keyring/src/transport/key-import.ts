import { timingSafeEqual } from 'node:crypto';
import type { AuditLog } from '@app/audit';
import { type MasterKeys, type Recipient, type RecipientKeyPair, SUITES } from '@app/crypto';
import type { Actor, Tx, UnitOfWork } from '@app/database';
import type { DataSource } from 'typeorm';
import { type DataKeyName, wrappingContext } from '../data-key';
import { DataKeyStore } from '../data-key.store';
import type { DataKeys } from '../data-keys';
import { type ClearDataKey, type KeyPackage, unpackKeys } from './key-package';

/** What became of a key of a package: `present` was there already, the very same. */
export interface ImportedKey extends DataKeyName {
  outcome: 'imported' | 'present';
}

/** Keys cannot be taken in. Says why, and no key. */
export class KeyImportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KeyImportError';
  }
}

export interface KeyImportParts {
  dataSource: DataSource;
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  masterKeys: MasterKeys;
  keys: DataKeys;
}

/** Takes the keys of a package in, wrapped by this installation's master key: all of them or none. */
export class KeyImport {
  private readonly store = new DataKeyStore();

  constructor(private readonly parts: KeyImportParts) {}

  /**
   * Values open by tenant, class and number of their key, so that the tenant must be here under its id, with the rows that were moved.
   * @throws KeyPackageError, UnsealError, KeyImportError
   */
  async import(actor: Actor, file: KeyPackage, recipient: Recipient & RecipientKeyPair): Promise<ImportedKey[]> {
    const keys = unpackKeys(file, recipient);
    try {
      await this.assertTenant(file.tenantId);
      return await this.parts.unitOfWork.run({ tenantId: file.tenantId, actor }, async (tx) => {
        await this.parts.keys.lock(tx);
        const done: ImportedKey[] = [];
        for (const key of keys) done.push(await this.takeIn(tx, key, file));
        return done;
      });
    } finally {
      for (const { secret } of keys) secret.fill(0);
    }
  }

  private async assertTenant(tenantId: string): Promise<void> {
    const found = await this.parts.dataSource.query<unknown[]>('select 1 from tenant where id = $1', [tenantId]);
    if (found.length === 0)
      throw new KeyImportError(`there is no tenant with the id ${tenantId} here: bring its rows in first, they belong to this id`);
  }

  private async takeIn(tx: Tx, key: ClearDataKey, file: KeyPackage): Promise<ImportedKey> {
    const { keyClass, generation, suite, state } = key;
    const context = wrappingContext(file.tenantId, key);
    const standing = await this.store.find(tx, key);
    if (standing !== null) {
      if (standing.wrapped === null)
        throw new KeyImportError(`data key ${keyClass}/${generation} was destroyed here: it does not come back`);
      const own = await this.parts.masterKeys.unwrap(context, standing.wrapped);
      const isSame = timingSafeEqual(own, key.secret) && standing.suite === suite;
      own.fill(0);
      if (!isSame) throw new KeyImportError(`there is another data key ${keyClass}/${generation} here: nothing was taken in`);
      return { keyClass, generation, outcome: 'present' };
    }
    const wrapped = await this.parts.masterKeys.wrap(SUITES[suite], context, key.secret);
    await this.store.bringIn(tx, key, wrapped);
    await this.parts.audit.append(tx, {
      action: 'dataKey.import',
      targetType: 'dataKey',
      targetId: `${keyClass}/${generation}`,
      detail: { suite, state, approvalId: file.approvalId, recipient: file.recipient, masterKey: wrapped.masterKey },
    });
    return { keyClass, generation, outcome: 'imported' };
  }
}
