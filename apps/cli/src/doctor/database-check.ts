import { assertSchemaKnown, createDataSource, SchemaError } from '@app/database';
import type { Check, Finding } from './check';

/** PostgreSQL answers, and its schema is the one this release knows. */
export function databaseCheck(url: string | undefined): Check {
  return { name: 'database', run: () => examineDatabase(url) };
}

async function examineDatabase(url: string | undefined): Promise<Finding> {
  if (url === undefined) return { state: 'skip', detail: 'PIAOYAN_DATABASE_URL is not set' };
  const dataSource = createDataSource({ url, applicationName: 'piaoyan-doctor', poolSize: 1 });
  try {
    await dataSource.initialize();
  } catch (error) {
    return { state: 'fail', detail: reason(error), advice: 'check host, port, role and password, and that the server accepts this client' };
  }
  try {
    const rows = await dataSource.query<{ version: string }[]>(`select current_setting('server_version') as version`);
    await assertSchemaKnown(dataSource);
    return { state: 'ok', detail: `PostgreSQL ${rows[0]?.version ?? ''}, schema is this release's` };
  } catch (error) {
    if (!(error instanceof SchemaError)) throw error;
    return { state: 'fail', detail: error.message, advice: 'run "piaoyan migrate" as piaoyan_owner' };
  } finally {
    await dataSource.destroy();
  }
}

/** A refused connection to several addresses of one host is an AggregateError without a message. */
function reason(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reason).join('; ');
  return error instanceof Error ? error.message : String(error);
}
