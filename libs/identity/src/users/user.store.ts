import { ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { In, QueryFailedError } from 'typeorm';
import { loginKey } from './login-key';
import { User } from './user.entity';

/** A page of users by login: those after `after`. */
export interface UserPageRequest {
  limit: number;
  after?: string | undefined;
}

/** Queries of users. All are of the tenant of `tx`: another tenant's user is not found. */
export class UserStore {
  async page(tx: Tx, { limit, after }: UserPageRequest): Promise<User[]> {
    return tx.manager
      .createQueryBuilder(User, 'u')
      .where('u.tenantId = :tenantId', { tenantId: tx.tenant.tenantId })
      .andWhere('u.loginKey > :after', { after: after === undefined ? '' : loginKey(after) })
      .orderBy('u.loginKey')
      .take(limit)
      .getMany();
  }

  async find(tx: Tx, id: string): Promise<User | null> {
    return tx.manager.findOneBy(User, { tenantId: tx.tenant.tenantId, id });
  }

  async findAll(tx: Tx, ids: readonly string[]): Promise<User[]> {
    return tx.manager.findBy(User, { tenantId: tx.tenant.tenantId, id: In([...ids]) });
  }

  async findByLogin(tx: Tx, login: string): Promise<User | null> {
    return tx.manager.findOneBy(User, { tenantId: tx.tenant.tenantId, loginKey: loginKey(login) });
  }

  /** The user, kept from others until the transaction ends. @throws ProblemError not-found */
  async lock(tx: Tx, id: string): Promise<User> {
    const user = await tx.manager.findOne(User, { where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
    if (!user) throw new ProblemError('not-found');
    return user;
  }

  async lockByLogin(tx: Tx, login: string): Promise<User | null> {
    const where = { tenantId: tx.tenant.tenantId, loginKey: loginKey(login) };
    return tx.manager.findOne(User, { where, lock: { mode: 'pessimistic_write' } });
  }

  async lockBySubject(tx: Tx, { source, issuer, subject }: Pick<User, 'source' | 'issuer' | 'subject'>): Promise<User | null> {
    if (issuer === null || subject === null) return null;
    const where = { tenantId: tx.tenant.tenantId, source, issuer, subject };
    return tx.manager.findOne(User, { where, lock: { mode: 'pessimistic_write' } });
  }

  /** @throws ProblemError login-taken */
  async insert(tx: Tx, user: Omit<User, 'tenantId'>): Promise<void> {
    try {
      await tx.manager.insert(User, { ...user, tenantId: tx.tenant.tenantId });
    } catch (error) {
      throw constraintOf(error) === 'user_account_login_uq' ? new ProblemError('login-taken', { cause: error }) : error;
    }
  }

  async update(tx: Tx, id: string, change: Partial<Omit<User, 'id' | 'tenantId'>>): Promise<void> {
    await tx.manager.update(User, { id, tenantId: tx.tenant.tenantId }, change);
  }
}

function constraintOf(error: unknown): string | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { constraint?: string }).constraint : undefined;
}
