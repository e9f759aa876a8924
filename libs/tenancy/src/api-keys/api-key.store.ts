import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource, QueryFailedError } from 'typeorm';
import { ApiKey } from './api-key.entity';

/** What is known of a key once its hash or id was found, before there is a tenant. */
export type FoundApiKey = Omit<ApiKey, 'createdAt' | 'rotatedAt' | 'lastFour' | 'previousLastFour'>;

/** What a rotation changes. */
export type RotatedApiKey = Pick<
  ApiKey,
  'hash' | 'salt' | 'lastFour' | 'expiresAt' | 'rotatedAt' | 'previousHash' | 'previousSalt' | 'previousLastFour' | 'previousUntil'
>;

const UNIQUE_VIOLATION = '23505';

/** Queries of API keys. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * The one query without a tenant: it is what tells the tenant. A function of the owner answers it, for one exact hash or one exact id,
   * and looks for both each time.
   */
  async find({ hash, id }: { hash: Buffer; id: string }): Promise<FoundApiKey | null> {
    const rows = await this.dataSource.query<FoundApiKey[]>(
      `select id, tenant_id as "tenantId", name, hash, scopes, signing, salt, allowed_networks as "allowedNetworks",
         certificate_sha256 as "certificateSha256", expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt",
         previous_hash as "previousHash", previous_salt as "previousSalt", previous_until as "previousUntil"
       from api_key_presented($1, $2)`,
      [hash, id],
    );
    return rows[0] ?? null;
  }

  async insert(tx: Tx, key: Omit<ApiKey, 'createdAt' | 'revokedAt' | 'lastUsedAt' | 'tenantId'>): Promise<void> {
    await tx.manager.insert(ApiKey, { ...key, tenantId: tx.tenant.tenantId });
  }

  /** The tenant's keys, newest first; at most `limit`. */
  async list(tx: Tx, limit: number): Promise<ApiKey[]> {
    return tx.manager.find(ApiKey, { where: { tenantId: tx.tenant.tenantId }, order: { createdAt: 'DESC', id: 'DESC' }, take: limit });
  }

  async countLiving(tx: Tx, at: Date): Promise<number> {
    const rows = await tx.manager.query<{ count: number }[]>(
      `select count(*)::int as count from api_key where tenant_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [tx.tenant.tenantId, at],
    );
    return rows[0]?.count ?? 0;
  }

  async lock(tx: Tx, id: string): Promise<ApiKey | null> {
    return tx.manager.findOne(ApiKey, { where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
  }

  async rotate(tx: Tx, id: string, rotated: RotatedApiKey): Promise<void> {
    await tx.manager.update(ApiKey, { id, tenantId: tx.tenant.tenantId }, rotated);
  }

  async markRevoked(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(ApiKey, { id, tenantId: tx.tenant.tenantId }, { revokedAt: at });
  }

  async markUsed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(ApiKey, { id, tenantId: tx.tenant.tenantId }, { lastUsedAt: at });
  }

  /** Remembers a nonce. The transaction fails when the key used it before: see `isRepeated`. */
  async insertNonce(tx: Tx, { id, nonce, until }: { id: string; nonce: string; until: Date }): Promise<void> {
    await tx.manager.query(`insert into api_key_nonce (tenant_id, api_key_id, nonce, expires_at) values ($1, $2, $3, $4)`, [
      tx.tenant.tenantId,
      id,
      nonce,
      until,
    ]);
  }

  async forgetNonces(tx: Tx, id: string, before: Date): Promise<void> {
    await tx.manager.query(`delete from api_key_nonce where tenant_id = $1 and api_key_id = $2 and expires_at < $3`, [
      tx.tenant.tenantId,
      id,
      before,
    ]);
  }
}

/** Whether a transaction failed because its nonce is there already. */
export function isRepeated(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: string }).code === UNIQUE_VIOLATION;
}
