import { escapeLiteral } from 'pg';
import { type DataSource, QueryFailedError } from 'typeorm';
import { DatabaseBusyError } from './database-busy.error';
import { serializing } from './serializing';
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

  /**
   * Work that begins with `serialize` may name its words here: they are then held before `work` is called, without a round trip for them.
   * @throws DatabaseBusyError when a lock or a statement takes too long; whatever `work` throws rolls back and is passed on.
   */
  async run<T>(tenant: TenantContext, work: (tx: Tx) => Promise<T>, heldWords?: string): Promise<T> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        // set_config(..., true) is per transaction and per connection: a repository used outside this callback would sit on another connection, without a tenant.
        // The words come after it, in a statement of their own: what is read next must see what was committed while they were waited for.
        await manager.query(
          [settings(tenant, this.limits), ...(heldWords === undefined ? [] : [serializing(tenant, heldWords)])].join('; '),
        );
        return work({ tenant, manager, heldWords });
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

/** One statement without parameters, so that it travels with the begin of the transaction. */
function settings({ tenantId }: TenantContext, { lockTimeoutMs, statementTimeoutMs }: TransactionLimits): string {
  const local = (name: string, value: string) => `set_config('${name}', ${escapeLiteral(value)}, true)`;
  const all = [
    local('app.tenant', tenantId),
    local('lock_timeout', String(lockTimeoutMs)),
    local('statement_timeout', String(statementTimeoutMs)),
  ];
  return `select ${all.join(', ')}`;
}
