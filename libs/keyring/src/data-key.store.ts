import type { SuiteName, WrappedKey } from '@app/crypto';
import type { Tx } from '@app/database';
import type { KeyClass } from './data-class';
import type { DataKey, DataKeyName } from './data-key';
import type { ClearDataKey } from './transport/key-package';

interface Row extends Omit<DataKey, 'wrapped'> {
  masterKey: string | null;
  wrappedBytes: Buffer | null;
}

const COLUMNS = `tenant_id as "tenantId", data_class as "keyClass", generation, suite, state, master_key as "masterKey", wrapped as "wrappedBytes",
  created_at as "createdAt", retired_at as "retiredAt", destroyed_at as "destroyedAt"`;

/** Queries of data keys. In SQL, since they go by the tenant of the transaction alone and need no entity in any process. */
export class DataKeyStore {
  async find({ tenant, manager }: Tx, { keyClass, generation }: DataKeyName): Promise<DataKey | null> {
    const rows = await manager.query<Row[]>(
      `select ${COLUMNS} from data_key where tenant_id = $1 and data_class = $2 and generation = $3`,
      [tenant.tenantId, keyClass, generation],
    );
    return rows[0] === undefined ? null : dataKeyOf(rows[0]);
  }

  /** Keys of one class that are active, the newest first. */
  async active({ tenant, manager }: Tx, keyClass: KeyClass): Promise<DataKey[]> {
    const rows = await manager.query<Row[]>(
      `select ${COLUMNS} from data_key where tenant_id = $1 and data_class = $2 and state = 'active' order by generation desc`,
      [tenant.tenantId, keyClass],
    );
    return rows.map(dataKeyOf);
  }

  /** All keys of the tenant, by class and generation. */
  async all({ tenant, manager }: Tx, lock: '' | 'for update' = ''): Promise<DataKey[]> {
    const rows = await manager.query<Row[]>(
      `select ${COLUMNS} from data_key where tenant_id = $1 order by data_class, generation ${lock}`,
      [tenant.tenantId],
    );
    return rows.map(dataKeyOf);
  }

  /** The same, locked until the transaction ends. */
  async lockAll(tx: Tx): Promise<DataKey[]> {
    return this.all(tx, 'for update');
  }

  /** The number that the next key of a class has. Under the lock of `DataKeys`, or two would have the same. */
  async nextGeneration({ tenant, manager }: Tx, keyClass: KeyClass): Promise<number> {
    const rows = await manager.query<{ next: number }[]>(
      `select coalesce(max(generation), 0) + 1 as next from data_key where tenant_id = $1 and data_class = $2`,
      [tenant.tenantId, keyClass],
    );
    return rows[0]?.next ?? 1;
  }

  async insert({ tenant, manager }: Tx, name: DataKeyName, { suite, wrapped }: { suite: SuiteName; wrapped: WrappedKey }): Promise<void> {
    await manager.query(
      `insert into data_key (tenant_id, data_class, generation, suite, state, master_key, wrapped) values ($1, $2, $3, $4, 'active', $5, $6)`,
      [tenant.tenantId, name.keyClass, name.generation, suite, wrapped.masterKey, wrapped.bytes],
    );
  }

  /** A key that was made elsewhere, wrapped here. */
  async bringIn({ tenant, manager }: Tx, key: Omit<ClearDataKey, 'secret'>, wrapped: WrappedKey): Promise<void> {
    await manager.query(
      `insert into data_key (tenant_id, data_class, generation, suite, state, master_key, wrapped, created_at, retired_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, case when $5::text = 'retired' then now() end)`,
      [tenant.tenantId, key.keyClass, key.generation, key.suite, key.state, wrapped.masterKey, wrapped.bytes, key.createdAt],
    );
  }

  async retire({ tenant, manager }: Tx, { keyClass, generation }: DataKeyName): Promise<void> {
    await manager.query(
      `update data_key set state = 'retired', retired_at = now() where tenant_id = $1 and data_class = $2 and generation = $3`,
      [tenant.tenantId, keyClass, generation],
    );
  }

  async rewrap({ tenant, manager }: Tx, { keyClass, generation }: DataKeyName, wrapped: WrappedKey): Promise<void> {
    await manager.query(`update data_key set master_key = $4, wrapped = $5 where tenant_id = $1 and data_class = $2 and generation = $3`, [
      tenant.tenantId,
      keyClass,
      generation,
      wrapped.masterKey,
      wrapped.bytes,
    ]);
  }

  async destroy({ tenant, manager }: Tx, { keyClass, generation }: DataKeyName): Promise<void> {
    await manager.query(
      `update data_key set state = 'destroyed', master_key = null, wrapped = null, destroyed_at = now(), retired_at = coalesce(retired_at, now())
       where tenant_id = $1 and data_class = $2 and generation = $3`,
      [tenant.tenantId, keyClass, generation],
    );
  }
}

function dataKeyOf({ masterKey, wrappedBytes, ...row }: Row): DataKey {
  return { ...row, wrapped: masterKey === null || wrappedBytes === null ? null : { masterKey, bytes: wrappedBytes } };
}
