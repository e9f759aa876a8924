import { AuditLog } from '@app/audit';
import { type Actor, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ApiKeys, type NewApiKey } from './api-keys.service';
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
    const tenant = await this.tenants.findByName(tenantName);
    if (!tenant) throw new TenantNotFoundError(tenantName);
    return this.unitOfWork.run({ tenantId: tenant.id, actor }, (tx) => this.apiKeys.create(tx, key));
  }
}

const codeOf = (error: unknown): string | undefined => (error as { driverError?: { code?: string } }).driverError?.code;
