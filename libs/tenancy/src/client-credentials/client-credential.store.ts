import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ClientCredential, type ClientDialect } from './client-credential.entity';

/** What is known of a credential once its public id was found, before there is a tenant. */
export type FoundCredential = Omit<ClientCredential, 'dialect' | 'publicId' | 'createdAt'>;

/** Queries of client credentials. */
@Injectable()
export class ClientCredentialStore {
  constructor(private readonly dataSource: DataSource) {}

  /** The one query without a tenant: it is what tells the tenant. A function of the owner answers it, for one exact id. */
  async findByPublicId(dialect: ClientDialect, publicId: string): Promise<FoundCredential | null> {
    const rows = await this.dataSource.query<FoundCredential[]>(
      `select id, tenant_id as "tenantId", name, secret_hash as "secretHash", secret_sealed as "secretSealed", scopes,
         allowed_networks as "allowedNetworks", expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"
       from client_credential_by_public_id($1, $2)`,
      [dialect, publicId],
    );
    return rows[0] ?? null;
  }

  async insert(tx: Tx, credential: Omit<ClientCredential, 'createdAt' | 'revokedAt' | 'lastUsedAt' | 'tenantId'>): Promise<void> {
    await tx.manager.insert(ClientCredential, { ...credential, tenantId: tx.tenant.tenantId });
  }

  /** The tenant's credentials, oldest first. */
  async list(tx: Tx): Promise<ClientCredential[]> {
    return tx.manager.find(ClientCredential, { where: { tenantId: tx.tenant.tenantId }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  async lockByPublicId(tx: Tx, publicId: string): Promise<ClientCredential | null> {
    return tx.manager.findOne(ClientCredential, {
      where: { tenantId: tx.tenant.tenantId, publicId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async markRevoked(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(ClientCredential, { id, tenantId: tx.tenant.tenantId }, { revokedAt: at });
  }

  async markUsed(tx: Tx, id: string, at: Date): Promise<void> {
    await tx.manager.update(ClientCredential, { id, tenantId: tx.tenant.tenantId }, { lastUsedAt: at });
  }
}
