import { AuditLog } from '@app/audit';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { DAY_MS } from '../identity-parts';
import { KNOWN_FOR_MS } from '../sign-in/guesses';
import { v7 as uuidv7 } from 'uuid';
import type { DataSource, EntityManager } from 'typeorm';

/** No setting lets a session live longer: what is older is over, whatever the api's settings are. */
export const OLDEST_SESSION_MS = DAY_MS;
/** Rows of one transaction, and full ones of one run: what is left is the next run's. */
const ROWS_AT_ONCE = 500;
const PIECES_OF_RUN = 200;

/** What one run cleared away. */
export interface Swept {
  sessions: number;
  places: number;
  throttles: number;
}

/**
 * Clears away what signing in leaves behind and nobody came back for: sessions and waiting codes whose time is over, places where a person
 * has not been for long, counts of addresses and used sign-ins at providers. The audit keeps what happened; each session's end is put there.
 */
export class SignInSweep {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditLog,
  ) {}

  /** Harmless when run twice, and by several processes at once. */
  async run(now: Date): Promise<Swept> {
    const swept: Swept = { sessions: 0, places: 0, throttles: 0 };
    const pieces = { left: PIECES_OF_RUN };
    for (const { id: tenantId } of await this.dataSource.query<{ id: string }[]>('select id from tenant_ids()')) {
      const tenant: TenantContext = { tenantId, actor: { type: 'worker', id: uuidv7(), name: 'signIn.sweep' } };
      swept.sessions += await all(pieces, () => this.unitOfWork.run(tenant, (tx) => this.sessions(tx, now)));
      swept.places += await all(pieces, () => this.unitOfWork.run(tenant, (tx) => places(tx, now)));
    }
    // These belong to no tenant.
    swept.throttles += await all(pieces, () => throttles(this.dataSource, now));
    return swept;
  }

  private async sessions(tx: Tx, now: Date): Promise<number> {
    const ended = await deleted<{ id: string; userId: string }>(
      tx.manager,
      `delete from user_session where tenant_id = $1 and id in (
         select id from user_session where tenant_id = $1 and opened_at <= $2 order by opened_at limit ${ROWS_AT_ONCE})
       returning id, user_id as "userId"`,
      [tx.tenant.tenantId, new Date(now.getTime() - OLDEST_SESSION_MS)],
    );
    const records = ended.map(({ id: sessionId, userId }) => ({
      ...{ action: 'session.end' as const, targetType: 'user', targetId: userId },
      detail: { sessionId, reason: 'timedOut' },
    }));
    if (records.length > 0) await this.audit.appendAll(tx, records);
    return ended.length;
  }
}

async function places({ manager, tenant }: Tx, now: Date): Promise<number> {
  const gone = await deleted(
    manager,
    `delete from known_place where tenant_id = $1 and (user_id, address_hash) in (
       select user_id, address_hash from known_place where tenant_id = $1 and succeeded_at <= $2 limit ${ROWS_AT_ONCE})
     returning user_id`,
    [tenant.tenantId, new Date(now.getTime() - KNOWN_FOR_MS)],
  );
  return gone.length;
}

async function throttles(dataSource: DataSource, now: Date): Promise<number> {
  const gone = await deleted(
    dataSource.manager,
    `delete from sign_in_throttle where address_hash in (
       select address_hash from sign_in_throttle where window_ends_at <= $1 limit ${ROWS_AT_ONCE})
     returning address_hash`,
    [now],
  );
  return gone.length;
}

/** The rows that a `delete … returning` took away. */
async function deleted<R>(manager: EntityManager, sql: string, params: unknown[]): Promise<R[]> {
  const [rows] = await manager.query<[R[], number]>(sql, params);
  return rows;
}

/**
 * Does a piece again until it finds less than it may take, or the run's pieces are used up. A look that finds little uses none of them: with
 * many tenants the last ones, and what is nobody's, would never be reached.
 */
async function all(pieces: { left: number }, piece: () => Promise<number>): Promise<number> {
  for (let sum = 0; ; pieces.left -= 1) {
    const found = await piece();
    sum += found;
    if (found < ROWS_AT_ONCE || pieces.left <= 1) return sum;
  }
}
