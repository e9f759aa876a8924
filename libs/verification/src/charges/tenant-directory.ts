import type { DataSource } from 'typeorm';

/** A tenant as the operator knows it. */
export interface KnownTenant {
  id: string;
  name: string;
}

/** All tenants of the installation. For the operator, who logs in as the owner: any other role sees none here. */
export class TenantDirectory {
  constructor(private readonly dataSource: DataSource) {}

  /** By name. @throws Error when there is none yet: nothing can be told to anybody. */
  async all(): Promise<KnownTenant[]> {
    const tenants: KnownTenant[] = await this.dataSource.query('select id, name from tenant order by name');
    if (tenants.length === 0) throw new NoTenantError();
    return tenants;
  }
}

/** Nothing can be accounted for without a tenant. */
export class NoTenantError extends Error {
  constructor() {
    super('there is no tenant yet, or this is not the database\'s owner role: make one with "piaoyan tenant create"');
    this.name = 'NoTenantError';
  }
}
