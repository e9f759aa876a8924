import type { DataSource } from 'typeorm';

/** What is committed and not sealed yet. Until then a superuser's change of it leaves no trace. */
export interface SealingLag {
  /** Counted up to 10,000. */
  entries: number;
  /** Age of the oldest by the database's clock; null when nothing waits. */
  oldestSeconds: number | null;
}

/** Beyond this somebody should look: the worker that seals is away, or a transaction is never ended. */
export const MAX_SEALING_LAG_SECONDS = 60;

/** Asks over all tenants; for the api, the worker and the owner. */
export async function sealingLag(dataSource: Pick<DataSource, 'query'>): Promise<SealingLag> {
  const [row] = await dataSource.query<{ entries: string; seconds: number | null }[]>(
    'select entries, extract(epoch from clock_timestamp() - oldest)::float8 as seconds from audit_sealing_lag()',
  );
  return { entries: Number(row?.entries ?? 0), oldestSeconds: row?.seconds ?? null };
}
