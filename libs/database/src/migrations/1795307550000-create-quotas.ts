import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What a tenant may use up, set by the operator, and what it has used: a row for each tenant, so that none waits for another. */
export class CreateQuotas1795307550000 extends ForwardMigration {
  readonly name = 'CreateQuotas1795307550000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS tenant_quota (
        tenant_id uuid NOT NULL,
        version integer NOT NULL,
        limits json NOT NULL,
        set_by text NOT NULL,
        set_by_name text NOT NULL,
        set_at timestamptz NOT NULL,
        CONSTRAINT tenant_quota_pk PRIMARY KEY (tenant_id, version),
        CONSTRAINT tenant_quota_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT tenant_quota_version_ck CHECK (version >= 1)
      )`);
    await protectTenantTable(runner, 'tenant_quota', { api: ['SELECT'] });
    await runner.query(`
      CREATE TABLE IF NOT EXISTS quota_use (
        tenant_id uuid NOT NULL,
        kind text NOT NULL,
        period text NOT NULL,
        used bigint NOT NULL,
        CONSTRAINT quota_use_pk PRIMARY KEY (tenant_id, kind, period),
        CONSTRAINT quota_use_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT quota_use_used_ck CHECK (used >= 0)
      )`);
    await protectTenantTable(runner, 'quota_use', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
    await runner.query(`GRANT UPDATE (used) ON quota_use TO piaoyan_api, piaoyan_worker`);
    await runner.query(`CREATE INDEX IF NOT EXISTS receipt_waiting_ix ON receipt (tenant_id) WHERE state = 'queued'`);
  }
}
