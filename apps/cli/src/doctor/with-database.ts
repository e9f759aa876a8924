import { AuditEntry } from '@app/audit';
import { createDataSource, type Tx, UnitOfWork } from '@app/database';
import { type DataSource, QueryFailedError } from 'typeorm';
import { operator } from '../operations/tenant-admin';
import type { Finding } from './check';

const OTHER_DATABASE = "the database does not have this release's schema, or is not opened as its owner";

class NotOwnerError extends Error {}

/** A tenant of the installation, and what was found of it. */
export interface OfTenant<T> {
  tenant: string;
  found: T;
}

/** Judges what a database tells; skipped where none is named or answers, since why not is the check of the database's to say. */
export async function withDatabase(url: string | undefined, judged: (dataSource: DataSource) => Promise<Finding>): Promise<Finding> {
  if (url === undefined) return { state: 'skip', detail: 'PIAOYAN_DATABASE_URL is not set' };
  const dataSource = createDataSource({ url, applicationName: 'piaoyan-doctor', entities: [AuditEntry], poolSize: 1 });
  try {
    await dataSource.initialize();
  } catch {
    return { state: 'skip', detail: 'the database does not answer' };
  }
  try {
    return await judged(dataSource);
  } catch (error) {
    if (error instanceof NotOwnerError || isOtherSchema(error)) return { state: 'skip', detail: OTHER_DATABASE };
    throw error;
  } finally {
    await dataSource.destroy();
  }
}

/** A table, column or function that is not there, or may not be used (PostgreSQL, appendix A). */
function isOtherSchema(error: unknown): boolean {
  return error instanceof QueryFailedError && /^(42P01|42703|42883|42501)$/.test((error.driverError as { code?: string }).code ?? '');
}

/** Looks at each tenant in a transaction of its own, as row security wants it; changes nothing. */
export async function ofEachTenant<T>(dataSource: DataSource, look: (tx: Tx) => Promise<T>): Promise<OfTenant<T>[]> {
  const [role] = await dataSource.query<{ isOwner: boolean }[]>(
    `select pg_has_role(relowner, 'USAGE') as "isOwner" from pg_class where oid = 'tenant'::regclass`,
  );
  // Another role would see no tenant, and all would seem well.
  if (role?.isOwner !== true) throw new NotOwnerError();
  const tenants = await dataSource.query<{ id: string; name: string }[]>('select id, name from tenant order by name');
  const unitOfWork = new UnitOfWork(dataSource);
  const all: OfTenant<T>[] = [];
  for (const { id, name } of tenants) all.push({ tenant: name, found: await unitOfWork.run({ tenantId: id, actor: operator() }, look) });
  return all;
}

const MOST_NAMED = 5;

/** The first few, and how many more there are: a line that a person reads. */
export function named(words: readonly string[]): string {
  const more = words.length - MOST_NAMED;
  return words.slice(0, MOST_NAMED).join('; ') + (more > 0 ? `; and ${more} more` : '');
}
