import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Tenant } from './tenant.entity';

/** Queries of tenants. */
@Injectable()
export class TenantStore {
  constructor(private readonly dataSource: DataSource) {}

  async insert(tx: Tx, tenant: Pick<Tenant, 'id' | 'name'>): Promise<void> {
    await tx.manager.insert(Tenant, tenant);
  }

  /** For the operator, who logs in as the owner: any other role sees no tenant here. */
  async findByName(name: string): Promise<Tenant | null> {
    return this.dataSource.manager.findOneBy(Tenant, { name });
  }
}
