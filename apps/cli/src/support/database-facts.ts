import { createDataSource, JOB_SCHEMA } from '@app/database';
import type { DataSource } from 'typeorm';

const QUESTIONS: Readonly<Record<string, string>> = {
  version: 'select current_setting($$server_version$$) as value',
  migrations: 'select name from schema_migration order by id',
  queues: `select name, state::text as state, count(*)::int as jobs from ${JOB_SCHEMA}.job group by 1, 2 order by 1, 2`,
  tables: `select relname as name, n_live_tup::int as rows, pg_total_relation_size(relid)::text as bytes from pg_stat_user_tables
    where schemaname = 'public' order by relname`,
  connections: `select application_name as name, state, count(*)::int as count from pg_stat_activity
    where datname = current_database() group by 1, 2 order by 1, 2`,
};

/** What the database says of itself: counts, sizes, names of our own tables and queues. No row of a table is read. */
export async function databaseFacts(url: string | undefined): Promise<Record<string, unknown>> {
  if (url === undefined) return { state: 'not configured' };
  const dataSource = createDataSource({ url, applicationName: 'piaoyan-support', poolSize: 1 });
  try {
    await dataSource.initialize();
    const facts: Record<string, unknown> = { state: 'reached' };
    for (const [name, question] of Object.entries(QUESTIONS)) facts[name] = await answered(dataSource, question);
    return facts;
  } catch (error) {
    return { state: 'not reached', code: codeOf(error) };
  } finally {
    if (dataSource.isInitialized) await dataSource.destroy();
  }
}

/** A question that this role may not ask is no reason to have no bundle. */
async function answered(dataSource: DataSource, question: string): Promise<unknown> {
  try {
    return await dataSource.query(question);
  } catch (error) {
    return { refused: codeOf(error) };
  }
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown }).code ?? (error as { driverError?: { code?: unknown } }).driverError?.code;
  return typeof code === 'string' ? code : 'unknown';
}
