import { AuditLog } from '@app/audit';
import { type Actor, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { ApiKey } from './api-keys/api-key.entity';
import { ApiKeys, type IssuedApiKey, type KeyRotation, type NewApiKey } from './api-keys/api-keys.service';
import { TenantExistsError, TenantNotFoundError } from './tenant.error';
import { TenantStore } from './tenant.store';

const UNIQUE_VIOLATION = '23505';

/** What an operator does with tenants, at the command line and as the owner role. */
@Injectable()
export class TenantAdmin {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenants: TenantStore,
    private readonly apiKeys: ApiKeys,
    private readonly audit: AuditLog,
  ) {}

  /** @throws TenantExistsError */
  async createTenant(actor: Actor, name: string): Promise<{ id: string }> {
    const id = uuidv7();
    try {
      await this.unitOfWork.run({ tenantId: id, actor }, async (tx) => {
        await this.tenants.insert(tx, { id, name });
        await this.audit.append(tx, { action: 'tenant.create', targetType: 'tenant', targetId: id, detail: { name } });
      });
    } catch (error) {
      throw codeOf(error) === UNIQUE_VIOLATION ? new TenantExistsError(name, error) : error;
    }
    return { id };
  }

  /** @throws TenantNotFoundError */
  async idOf(tenantName: string): Promise<string> {
    const tenant = await this.tenants.findByName(tenantName);
    if (!tenant) throw new TenantNotFoundError(tenantName);
    return tenant.id;
  }

  /** @throws TenantNotFoundError */
  async createKey(actor: Actor, tenantName: string, key: NewApiKey): Promise<{ id: string; secret: string }> {
    return this.within(actor, tenantName, (tx) => this.apiKeys.create(tx, key));
  }

  /** The tenant's keys, newest first. @throws TenantNotFoundError */
  async listKeys(actor: Actor, tenantName: string): Promise<ApiKey[]> {
    return this.within(actor, tenantName, (tx) => this.apiKeys.list(tx));
  }

  /** @throws TenantNotFoundError; ProblemError `not-found`, `api-key-ended` */
  async rotateKey(actor: Actor, tenantName: string, id: string, rotation: KeyRotation): Promise<IssuedApiKey> {
    return this.within(actor, tenantName, async (tx) => this.apiKeys.rotate(tx, await this.apiKeys.lock(tx, id), rotation));
  }

  /** @throws TenantNotFoundError; ProblemError `not-found` */
  async revokeKey(actor: Actor, tenantName: string, id: string): Promise<void> {
    await this.within(actor, tenantName, async (tx) => this.apiKeys.revoke(tx, await this.apiKeys.lock(tx, id)));
  }

  private async within<T>(actor: Actor, tenantName: string, work: (tx: Tx) => Promise<T>): Promise<T> {
    const tenant = await this.tenants.findByName(tenantName);
    if (!tenant) throw new TenantNotFoundError(tenantName);
    return this.unitOfWork.run({ tenantId: tenant.id, actor }, work);
  }
}

const codeOf = (error: unknown): string | undefined => (error as { driverError?: { code?: string } }).driverError?.code;
