import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** How far each tenant's audit has been handed to the bank's SIEM. */
export class CreateAuditForwarding1795306750000 extends ForwardMigration {
  readonly name = 'CreateAuditForwarding1795306750000';

  async up(runner: QueryRunner): Promise<void> {
    // The last entry that was received: transactions are forwarded whole and in the order of their numbers, once all before them have ended.
    await runner.query(`
      CREATE TABLE IF NOT EXISTS audit_forwarding (
        tenant_id uuid NOT NULL,
        transaction_id xid8 NOT NULL,
        entry_id uuid NOT NULL,
        entries bigint NOT NULL,
        forwarded_at timestamptz,
        failing_since timestamptz,
        failure text,
        CONSTRAINT audit_forwarding_pk PRIMARY KEY (tenant_id)
      )`);
    await protectTenantTable(runner, 'audit_forwarding', { api: ['SELECT'], worker: ['SELECT', 'INSERT', 'UPDATE'] });
    await runner.query(`CREATE INDEX IF NOT EXISTS audit_entry_tenant_id_transaction_id_ix ON audit_entry (tenant_id, transaction_id, id)`);
    await createTenantList(runner);
  }
}

/** Whoever forwards has to know whose audit there is: their ids, and nothing else of them. */
async function createTenantList(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION audited_tenants() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$ SELECT t.id FROM public.tenant t ORDER BY t.id $$`);
  await runner.query(`REVOKE ALL ON FUNCTION audited_tenants() FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION audited_tenants() TO piaoyan_worker`);
}
