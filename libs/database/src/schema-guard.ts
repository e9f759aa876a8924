import { type DataSource, QueryFailedError } from 'typeorm';
import { MIGRATION_TABLE } from './data-source';
import { MIGRATIONS } from './migrations';
import { SchemaError } from './schema.error';

const UNDEFINED_TABLE = '42P01';

/**
 * Refuses a schema that this release does not know.
 * Expansions of a newer release are tolerated, so that the previous release keeps serving while an upgrade rolls out;
 * a migration whose name starts with `Contract` takes something away and is not.
 * @throws SchemaError
 */
export async function assertSchemaKnown(dataSource: DataSource): Promise<void> {
  const applied = new Set(await appliedMigrations(dataSource));
  const known = MIGRATIONS.map((Migration) => new Migration().name);
  const missing = known.filter((name) => !applied.has(name));
  if (missing.length > 0) {
    throw new SchemaError(
      `the database schema is older than this release: ${missing.length} of ${known.length} migrations are missing (first: ${String(missing[0])}). Run "piaoyan migrate" as piaoyan_owner, then start again`,
    );
  }
  const contracted = [...applied].find((name) => name.startsWith('Contract') && !known.includes(name));
  if (contracted !== undefined) {
    throw new SchemaError(
      `the database schema is newer than this release and no longer fits it (${contracted}). Start the release that was installed last`,
    );
  }
}

/**
 * Refuses a role that row security does not bind: with it, one tenant would see the rows of all.
 * @throws SchemaError
 */
export async function assertRoleIsBound(dataSource: DataSource): Promise<void> {
  const rows = await dataSource.query<{ role: string; unbound: boolean }[]>(
    `select rolname as role, rolsuper or rolbypassrls as unbound from pg_roles where rolname = current_user`,
  );
  if (rows[0]?.unbound !== false) {
    throw new SchemaError(
      `the database role ${rows[0]?.role ?? ''} bypasses row security, so tenants would not be kept apart: log in as one of the roles of deploy/sql/roles.sql`,
    );
  }
}

async function appliedMigrations(dataSource: DataSource): Promise<string[]> {
  try {
    const rows = await dataSource.query<{ name: string }[]>(`select name from ${MIGRATION_TABLE} order by id`);
    return rows.map((row) => row.name);
  } catch (error) {
    if (error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNDEFINED_TABLE) return [];
    throw error;
  }
}
