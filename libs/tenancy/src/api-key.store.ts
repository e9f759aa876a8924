import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ApiKey } from './api-key.entity';

/** What is known of a key once its hash was found, before there is a tenant. */
export type FoundApiKey = Pick<ApiKey, 'id' | 'tenantId' | 'name' | 'hash' | 'scopes' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'>;

/** Queries of API keys. */
@Injectable()
export class ApiKeyStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The one query without a tenant: it is what tells the tenant. A function of the owner answers it, for one exact hash. */
  async findByHash(hash: Buffer): Promise<FoundApiKey | null> {
    const rows = await this.dataSource.query<FoundApiKey[]>(
      `select id, tenant_id as "tenantId", name, hash, scopes, expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"
       from api_key_by_hash($1)`,
      [hash],
    );
    return rows[0] ?? null;
  }

  async insert(tx: Tx, key: Omit<ApiKey, 'createdAt' | 'revokedAt' | 'lastUsedAt' | 'tenantId'>): Promise<void> {
    await tx.manager.insert(ApiKey, { ...key, tenantId: tx.tenant.tenantId });
  }

  async markUsed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(ApiKey, { id, tenantId: tx.tenant.tenantId }, { lastUsedAt: at });
  }
}
