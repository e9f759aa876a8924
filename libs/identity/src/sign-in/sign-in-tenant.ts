import type { DataSource } from 'typeorm';

/** Of no tenant: with it row security finds nobody, and the work is the same. */
export const NO_TENANT = '00000000-0000-0000-0000-000000000000';

/** Finds out whose user somebody says they are, before there is a tenant. */
export class SignInTenants {
  constructor(private readonly dataSource: DataSource) {}

  /** The tenant of this name; without a name the only one there is. Null where neither is found. */
  async find(name: string | undefined): Promise<string | null> {
    const rows = await this.dataSource.query<{ id: string }[]>('select id from tenant_for_sign_in($1)', [name ?? null]);
    return rows.length === 1 ? (rows[0]?.id ?? null) : null;
  }
}
