import type { EntityMetadata, ObjectLiteral } from 'typeorm';
import type { Tx } from './tx';

/** Property values that a row must have; null stands for NULL. */
export type Having<T> = { readonly [P in keyof T]?: T[P] };

/** Rows of one entity. */
export interface RowsOf<T> {
  /** The row with these values, or null; `lock` keeps it from others until the transaction ends. */
  findOneBy(having: Having<T>, options?: { lock: boolean }): Promise<T | null>;
  /** The rows that `condition` leaves, with what may follow one; the table has no alias, values are `$1` and so on. */
  findWhere(condition: string, values: readonly unknown[]): Promise<T[]>;
  insert(row: T): Promise<void>;
}

/**
 * The short way to rows, for what is done for each verification: TypeORM's repository builds each query anew, which takes more
 * time than PostgreSQL takes to run it. Columns, names and transformers are the entity's own, so both ways read and write the same.
 */
export function rowsOf<T extends ObjectLiteral>({ manager }: Tx, entity: new () => T): RowsOf<T> {
  const { driver } = manager.dataSource;
  const metadata = manager.dataSource.getMetadata(entity);
  const hydrated = (row: ObjectLiteral): T => {
    const found = new entity() as ObjectLiteral;
    for (const column of metadata.columns) {
      found[column.propertyName] = driver.prepareHydratedValue(row[column.databaseName], column) as unknown;
    }
    return found as T;
  };
  return {
    async findOneBy(having, { lock } = { lock: false }) {
      const names = Object.keys(having);
      const { text, values } = conditionOf(metadata, having, names);
      const rows = await manager.query<ObjectLiteral[]>(`${selectOf(metadata)} where ${text} limit 1${lock ? ' for update' : ''}`, values);
      const [row] = rows;
      return row === undefined ? null : hydrated(row);
    },
    async findWhere(condition, values) {
      const rows = await manager.query<ObjectLiteral[]>(`${selectOf(metadata)} where ${condition}`, [...values]);
      return rows.map(hydrated);
    },
    async insert(row) {
      // What was left undefined is the database's to say.
      const given = metadata.columns.filter((column) => row[column.propertyName] !== undefined);
      const names = given.map((column) => `"${column.databaseName}"`).join(', ');
      const places = given.map((_column, index) => `$${index + 1}`).join(', ');
      const values = given.map((column) => driver.preparePersistentValue(row[column.propertyName], column) as unknown);
      await manager.query(`insert into "${metadata.tableName}" (${names}) values (${places})`, values);
    },
  };
}

const selects = new WeakMap<EntityMetadata, string>();

function selectOf(metadata: EntityMetadata): string {
  const known = selects.get(metadata);
  if (known !== undefined) return known;
  const names = metadata.columns.map((column) => `"${column.databaseName}"`).join(', ');
  const select = `select ${names} from "${metadata.tableName}"`;
  selects.set(metadata, select);
  return select;
}

/** A value left undefined would otherwise find every row of the tenant. */
function conditionOf(metadata: EntityMetadata, having: ObjectLiteral, names: readonly string[]): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const terms = names.map((name) => {
    const column = metadata.findColumnWithPropertyName(name);
    const value: unknown = having[name];
    if (column === undefined || value === undefined) throw new TypeError(`${metadata.name} cannot be found by an undefined ${name}`);
    if (value === null) return `"${column.databaseName}" is null`;
    values.push(value);
    return `"${column.databaseName}" = $${values.length}`;
  });
  if (terms.length === 0) throw new TypeError(`${metadata.name} cannot be found by nothing`);
  return { text: terms.join(' and '), values };
}
