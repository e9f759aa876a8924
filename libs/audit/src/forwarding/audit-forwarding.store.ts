import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ENTRY_COLUMNS, type RecordedEntry } from '../trail/recorded-entry';

/** The last entry that was received. */
export type ForwardCursor = Pick<RecordedEntry, 'transactionId' | 'id'>;

/** How far the forwarding of a tenant's audit is. Times are null for what did not happen. */
export interface ForwardingState {
  entries: string;
  forwardedAt: Date | null;
  failingSince: Date | null;
  failure: string | null;
  /** How long the oldest entry that was not received has been waiting; 0 when none is. */
  lagSeconds: number;
}

const BEGINNING: ForwardCursor = { transactionId: '0', id: '00000000-0000-0000-0000-000000000000' };

const NOT_RECEIVED = `tenant_id = $1 and (transaction_id, id) > ($2::xid8, $3::uuid)`;

// Below the horizon every transaction has ended: what is committed later has a higher number, and nothing is passed over.
const BEHIND = `${NOT_RECEIVED} and transaction_id < pg_snapshot_xmin(pg_current_snapshot())`;

/** Queries of the forwarding. */
@Injectable()
export class AuditForwardingStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Ids of all tenants, for the role of the worker alone. */
  async tenants(): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>('select audited_tenants() as id');
    return rows.map(({ id }) => id);
  }

  async cursor(tx: Tx): Promise<ForwardCursor> {
    const [row] = await tx.manager.query<ForwardCursor[]>(
      `select transaction_id::text as "transactionId", entry_id as id from audit_forwarding where tenant_id = $1`,
      [tx.tenant.tenantId],
    );
    return row ?? BEGINNING;
  }

  /** Entries behind the cursor, in the order in which their transactions began to be written. */
  async waiting(tx: Tx, after: ForwardCursor, limit: number): Promise<RecordedEntry[]> {
    return tx.manager.query(`select ${ENTRY_COLUMNS} from audit_entry where ${BEHIND} order by transaction_id, id limit ${limit}`, [
      tx.tenant.tenantId,
      after.transactionId,
      after.id,
    ]);
  }

  /** Moves the cursor, unless another forwarder did meanwhile. */
  async advance(tx: Tx, from: ForwardCursor, to: ForwardCursor, entries: number): Promise<void> {
    await tx.manager.query(
      `insert into audit_forwarding as f (tenant_id, transaction_id, entry_id, entries, forwarded_at) values ($1, $4, $5, $6, clock_timestamp())
       on conflict (tenant_id) do update set transaction_id = excluded.transaction_id, entry_id = excluded.entry_id,
         entries = f.entries + excluded.entries, forwarded_at = excluded.forwarded_at, failing_since = null, failure = null
       where f.transaction_id = $2::xid8 and f.entry_id = $3::uuid`,
      [tx.tenant.tenantId, from.transactionId, from.id, to.transactionId, to.id, entries],
    );
  }

  async fail(tx: Tx, failure: string): Promise<void> {
    await tx.manager.query(
      `insert into audit_forwarding as f (tenant_id, transaction_id, entry_id, entries, failing_since, failure)
       values ($1, $2, $3, 0, clock_timestamp(), $4)
       on conflict (tenant_id) do update set failing_since = coalesce(f.failing_since, excluded.failing_since), failure = excluded.failure`,
      [tx.tenant.tenantId, BEGINNING.transactionId, BEGINNING.id, failure],
    );
  }

  /** Null for a tenant of whose audit nothing was ever forwarded or tried. */
  async state(tx: Tx): Promise<ForwardingState | null> {
    const [row] = await tx.manager.query<(Omit<ForwardingState, 'lagSeconds'> & ForwardCursor)[]>(
      `select entries::text, forwarded_at as "forwardedAt", failing_since as "failingSince", failure,
         transaction_id::text as "transactionId", entry_id as id from audit_forwarding where tenant_id = $1`,
      [tx.tenant.tenantId],
    );
    if (row === undefined) return null;
    const { transactionId, id, ...state } = row;
    return { ...state, lagSeconds: Math.floor(await this.lag(tx, { transactionId, id })) };
  }

  /** How long the oldest entry of the tenant that was not received has been waiting; 0 when none is. */
  async behindSeconds(tx: Tx): Promise<number> {
    return this.lag(tx, await this.cursor(tx));
  }

  private async lag(tx: Tx, { transactionId, id }: ForwardCursor): Promise<number> {
    const [row] = await tx.manager.query<{ seconds: number }[]>(
      `select extract(epoch from clock_timestamp() - recorded_at)::float8 as seconds from audit_entry
       where ${NOT_RECEIVED} order by transaction_id, id limit 1`,
      [tx.tenant.tenantId, transactionId, id],
    );
    return Math.max(0, row?.seconds ?? 0);
  }
}
