import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Packages of data keys that two persons let out: each waits to be fetched once, sealed for its recipient, and is then gone. */
export class CreateKeyExports1795307350000 extends ForwardMigration {
  readonly name = 'CreateKeyExports1795307350000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS key_export (
        tenant_id uuid NOT NULL,
        id uuid NOT NULL,
        recipient text NOT NULL,
        package_wrapped text,
        sha256 text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        delivered_at timestamptz,
        CONSTRAINT key_export_pk PRIMARY KEY (tenant_id, id),
        CONSTRAINT key_export_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT key_export_delivered_ck CHECK ((package_wrapped IS NULL) = (delivered_at IS NOT NULL))
      )`);
    await protectTenantTable(runner, 'key_export', { api: ['SELECT', 'INSERT'] });
    await runner.query('GRANT UPDATE (package_wrapped, delivered_at) ON key_export TO piaoyan_api');
  }
}
