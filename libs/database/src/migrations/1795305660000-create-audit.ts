import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** The audit: rows can be added and read, by anyone; changed or removed by no one. */
export class CreateAudit1795305660000 extends ForwardMigration {
  readonly name = 'CreateAudit1795305660000';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign key to the tenant: an entry outlives what it speaks of.
    // transaction_id lets a sealer number rows in commit order: ids are made before commit, and sequences have innocent gaps.
    await runner.query(`
      CREATE TABLE IF NOT EXISTS audit_entry (
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
        transaction_id xid8 NOT NULL DEFAULT pg_current_xact_id(),
        action text NOT NULL,
        actor_type text NOT NULL,
        actor_id text NOT NULL,
        actor_name text NOT NULL,
        target_type text NOT NULL,
        target_id text NOT NULL,
        detail json NOT NULL,
        CONSTRAINT audit_entry_pk PRIMARY KEY (tenant_id, id)
      )`);
    await runner.query(
      `CREATE INDEX IF NOT EXISTS audit_entry_tenant_id_target_ix ON audit_entry (tenant_id, target_type, target_id, recorded_at)`,
    );
    await runner.query(`CREATE INDEX IF NOT EXISTS audit_entry_transaction_id_ix ON audit_entry (transaction_id)`);
    await protectTenantTable(runner, 'audit_entry', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
    await refuseChanges(runner);
  }
}

/** Per statement, not per row: row security would hide the rows from a row trigger, and the attempt would pass in silence. */
async function refuseChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION audit_entry_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'audit entries are never changed or removed (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query(`
    CREATE TRIGGER audit_entry_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse_change()`);
}
