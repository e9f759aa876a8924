import { HEAD_BYTES } from '@app/crypto';
import type { Tx } from '@app/database';
import type { PlacedColumn, SealedRow } from '../sealed-column';
import { shapeOf } from '../sealed-column';

/** A sealed column as SQL speaks of it. */
export interface SealedPosition {
  table: string;
  column: string;
  /** Columns of the primary key, but for the tenant's. */
  key: readonly string[];
  /** Columns that tell where a value belongs. */
  reads: readonly string[];
}

/** A piece of the rows that are still to be looked at. */
export interface StalePage {
  /** How everything begins that is sealed as it should be. */
  head: Buffer;
  /** Key of the row before the first. */
  after: readonly unknown[] | null;
  limit: number;
}

const NAME = /^[a-z][a-z0-9_]*$/;

/** Queries of sealed values, whichever table they stand in. Names of tables and columns come from the rooms' own lists, never from outside. */
export class SealedValueStore {
  async position({ manager }: Tx, column: PlacedColumn): Promise<SealedPosition> {
    const [table = '', name = ''] = column.name.split('.');
    const rows = await manager.query<{ name: string }[]>(
      `select k.column_name as name from information_schema.table_constraints c
         join information_schema.key_column_usage k on k.constraint_schema = c.constraint_schema and k.constraint_name = c.constraint_name
       where c.table_schema = current_schema() and c.table_name = $1 and c.constraint_type = 'PRIMARY KEY' order by k.ordinal_position`,
      [table],
    );
    const key = rows.map((row) => row.name).filter((one) => one !== 'tenant_id');
    const position = { table, column: name, key, reads: shapeOf(column).reads };
    if (key.length === 0 || ![table, name, ...key, ...position.reads].every((one) => NAME.test(one)))
      throw new Error(`${column.name} is no column of a table with a primary key`);
    return position;
  }

  /**
   * Rows whose value does not begin as it should, by their keys, locked until the transaction ends. Rows that another one holds are left
   * out: they are found later.
   */
  async takeStale({ tenant, manager }: Tx, { table, column, key, reads }: SealedPosition, page: StalePage): Promise<SealedRow[]> {
    const columns = [...new Set([...key, ...reads, column])].join(', ');
    const { head, after, limit } = page;
    const from = after === null ? '' : `and (${key.join(', ')}) > (${after.map((_, at) => `$${at + 4}`).join(', ')})`;
    return manager.query<SealedRow[]>(
      `select ${columns} from ${table} where tenant_id = $1 and ${isStale(column)} ${from}
       order by ${key.join(', ')} limit $3 for update skip locked`,
      [tenant.tenantId, head, limit, ...(after ?? [])],
    );
  }

  async replace({ tenant, manager }: Tx, { table, column, key }: SealedPosition, row: SealedRow, sealed: Buffer): Promise<void> {
    const where = key.map((name, at) => `${name} = $${at + 3}`).join(' and ');
    await manager.query(`update ${table} set ${column} = $2 where tenant_id = $1 and ${where}`, [
      tenant.tenantId,
      sealed,
      ...key.map((name) => row[name]),
    ]);
  }

  async countStale({ tenant, manager }: Tx, { table, column }: SealedPosition, head: Buffer): Promise<number> {
    const rows = await manager.query<{ count: string }[]>(
      `select count(*) as count from ${table} where tenant_id = $1 and ${isStale(column)}`,
      [tenant.tenantId, head],
    );
    return Number(rows[0]?.count ?? 0);
  }

  /** Whether any value is sealed under this generation of its class, whatever its suite. */
  async isUnder({ tenant, manager }: Tx, { table, column }: SealedPosition, generation: number): Promise<boolean> {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(generation);
    const rows = await manager.query<unknown[]>(
      `select 1 from ${table} where tenant_id = $1 and substring(${column} from 2 for 4) = $2 limit 1`,
      [tenant.tenantId, number],
    );
    return rows.length > 0;
  }
}

const isStale = (column: string): string => `${column} is not null and substring(${column} from 1 for ${HEAD_BYTES}) <> $2`;
