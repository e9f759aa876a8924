import type { DataSource } from 'typeorm';

/** How one place for anchors is served. Times are null for what did not happen. */
export interface AnchoringState {
  sink: string;
  writtenAt: Date | null;
  /** Since it last took anchors, by the database's clock; null before the first time. */
  ageSeconds: number | null;
  failingSince: Date | null;
  /** A word, such as `unreachable`; null while it takes them. */
  failure: string | null;
}

/** Queries of anchoring. They hold nothing of a tenant. */
export class AnchoringStore {
  constructor(private readonly dataSource: Pick<DataSource, 'query'>) {}

  async states(): Promise<AnchoringState[]> {
    return this.dataSource.query(
      `select sink, written_at as "writtenAt", extract(epoch from clock_timestamp() - written_at)::float8 as "ageSeconds",
         failing_since as "failingSince", failure from audit_anchoring order by sink`,
    );
  }

  /** Whether the place took none for so long, by the database's clock, or never. */
  async isDue(sink: string, everyMinutes: number): Promise<boolean> {
    const rows = await this.dataSource.query<unknown[]>(
      `select 1 from audit_anchoring where sink = $1 and written_at > clock_timestamp() - make_interval(mins => $2)`,
      [sink, everyMinutes],
    );
    return rows.length === 0;
  }

  async written(sink: string, heads: number): Promise<void> {
    await this.dataSource.query(
      `insert into audit_anchoring (sink, heads, written_at) values ($1, $2, clock_timestamp())
       on conflict (sink) do update set heads = excluded.heads, written_at = excluded.written_at, failing_since = null, failure = null`,
      [sink, heads],
    );
  }

  async failed(sink: string, failure: string): Promise<void> {
    await this.dataSource.query(
      `insert into audit_anchoring as a (sink, heads, failing_since, failure) values ($1, 0, clock_timestamp(), $2)
       on conflict (sink) do update set failing_since = coalesce(a.failing_since, excluded.failing_since), failure = excluded.failure`,
      [sink, failure],
    );
  }
}
