import type { Tx } from '@app/database';
import type { Role } from '@app/tenancy';
import type { DataSource } from 'typeorm';
import type { RoleNetworks, SignInPolicy } from '../policy/sign-in-policy.entity';
import type { UserSource } from '../users/user.entity';
import { UserSession } from './user-session.entity';

/** What is known of a session and its user once its token's hash was found, before there is a tenant. */
export interface FoundSession extends Omit<UserSession, 'address'> {
  login: string;
  displayName: string;
  state: 'active' | 'disabled';
  source: UserSource;
  roles: Role[];
  mustChangePassword: boolean;
  passwordMadeAt: Date | null;
  hasSecondFactor: boolean;
  secondFactorPolicy: SignInPolicy['secondFactor'];
  networks: RoleNetworks[];
}

/** Queries of sessions. */
export class SessionStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The one query without a tenant: it is what tells the tenant. A function of the owner answers it, for one exact hash. */
  async findByTokenHash(hash: Buffer): Promise<FoundSession | null> {
    const rows = await this.dataSource.query<FoundSession[]>(
      `select id, tenant_id as "tenantId", user_id as "userId", token_hash as "tokenHash", stage, opened_at as "openedAt",
         seen_at as "seenAt", authenticated_at as "authenticatedAt", login, display_name as "displayName", state, source, roles,
         must_change_password as "mustChangePassword", password_made_at as "passwordMadeAt", has_second_factor as "hasSecondFactor",
         previous_sign_in_at as "previousSignInAt", previous_sign_in_address as "previousSignInAddress", refused_before as "refusedBefore",
         second_factor_policy as "secondFactorPolicy", networks
       from session_by_token_hash($1)`,
      [hash],
    );
    return rows[0] ?? null;
  }

  async insert(tx: Tx, session: Omit<UserSession, 'tenantId'>): Promise<void> {
    await tx.manager.insert(UserSession, { ...session, tenantId: tx.tenant.tenantId });
  }

  /** False when the session has ended meanwhile. */
  async update(tx: Tx, id: string, change: Partial<Omit<UserSession, 'id' | 'tenantId' | 'userId'>>): Promise<boolean> {
    const { affected } = await tx.manager.update(UserSession, { id, tenantId: tx.tenant.tenantId }, change);
    return affected === 1;
  }

  /** The user's sessions, the newest first. */
  async list(tx: Tx, userId: string): Promise<UserSession[]> {
    return tx.manager.find(UserSession, { where: { tenantId: tx.tenant.tenantId, userId }, order: { openedAt: 'DESC', id: 'DESC' } });
  }

  /** Whether there was one. */
  async remove(tx: Tx, userId: string, id: string): Promise<boolean> {
    const { affected } = await tx.manager.delete(UserSession, { tenantId: tx.tenant.tenantId, userId, id });
    return (affected ?? 0) > 0;
  }

  /** Ends the user's sessions but the one kept; how many there were. */
  async removeAll(tx: Tx, userId: string, keptId: string | null): Promise<number> {
    const query = tx.manager.createQueryBuilder().delete().from(UserSession);
    const all = query.where('tenant_id = :tenantId and user_id = :userId', { tenantId: tx.tenant.tenantId, userId });
    const { affected } = await (keptId === null ? all : all.andWhere('id <> :keptId', { keptId })).execute();
    return affected ?? 0;
  }
}
