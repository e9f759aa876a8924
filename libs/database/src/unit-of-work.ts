import { type DataSource, QueryFailedError } from 'typeorm';
import { DatabaseBusyError } from './database-busy.error';
import type { TenantContext } from './tenant-context';
import type { Tx } from './tx';

/** How long one transaction may wait. A writer that is blocked, on the audit for example, must fail the request rather than hang it. */
export interface TransactionLimits {
  lockTimeoutMs: number;
  statementTimeoutMs: number;
}

const DEFAULT_LIMITS: TransactionLimits = { lockTimeoutMs: 2_000, statementTimeoutMs: 15_000 };
const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';

/** Runs a piece of work in one transaction of one tenant: rows, jobs and audit entries commit together or not at all. */
export class UnitOfWork {
  constructor(
    private readonly dataSource: DataSource,
    private readonly limits: TransactionLimits = DEFAULT_LIMITS,
  ) {}

  /** @throws DatabaseBusyError when a lock or a statement takes too long; whatever `work` throws rolls back and is passed on. */
  async run<T>(tenant: TenantContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        // set_config(..., true) is per transaction and per connection: a repository used outside this callback would sit on another connection, without a tenant.
        await manager.query(
          `select set_config('app.tenant', $1, true), set_config('lock_timeout', $2, true), set_config('statement_timeout', $3, true)`,
          [tenant.tenantId, String(this.limits.lockTimeoutMs), String(this.limits.statementTimeoutMs)],
        );
        return work({ tenant, manager });
      });
    } catch (error) {
      throw this.named(error);
    }
  }

  private named(error: unknown): unknown {
    const code = error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
    if (code === LOCK_NOT_AVAILABLE) return new DatabaseBusyError('lock', this.limits.lockTimeoutMs, error);
    if (code === QUERY_CANCELED) return new DatabaseBusyError('statement', this.limits.statementTimeoutMs, error);
    return error;
  }
}
