import type { Tx } from '@app/database';
import { UserPassword } from './user-password.entity';

/** Queries of passwords. All are of the tenant of `tx`. */
export class PasswordStore {
  /** The user's newest passwords, the one that opens first. */
  async newest(tx: Tx, userId: string, count: number): Promise<UserPassword[]> {
    return tx.manager.find(UserPassword, {
      where: { tenantId: tx.tenant.tenantId, userId },
      order: { madeAt: 'DESC', id: 'DESC' },
      take: count,
    });
  }

  async insert(tx: Tx, password: Omit<UserPassword, 'tenantId'>): Promise<void> {
    await tx.manager.insert(UserPassword, { ...password, tenantId: tx.tenant.tenantId });
  }

  async rehash(tx: Tx, id: string, hash: string): Promise<void> {
    await tx.manager.update(UserPassword, { id, tenantId: tx.tenant.tenantId }, { hash });
  }

  /** Forgets all but the newest so many. */
  async forgetAllBut(tx: Tx, userId: string, count: number): Promise<void> {
    const kept = (await this.newest(tx, userId, count)).map(({ id }) => id);
    await tx.manager.query(`delete from user_password where tenant_id = $1 and user_id = $2 and not id = any($3)`, [
      tx.tenant.tenantId,
      userId,
      kept,
    ]);
  }

  /** Name of the tenant itself, which no password may hold. */
  async tenantName(tx: Tx): Promise<string> {
    const rows = await tx.manager.query<{ name: string }[]>('select name from tenant where id = $1', [tx.tenant.tenantId]);
    return rows[0]?.name ?? '';
  }
}
