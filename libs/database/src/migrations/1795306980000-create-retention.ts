import type { QueryRunner } from 'typeorm';
import { grantTable, protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** How long each class of data is kept, what a legal hold keeps beyond that, what is being erased, and the proof of what was. */
export class CreateRetention1795306980000 extends ForwardMigration {
  readonly name = 'CreateRetention1795306980000';

  async up(runner: QueryRunner): Promise<void> {
    await createRules(runner);
    await createHolds(runner);
    await createErasures(runner);
    await createRuns(runner);
    await letReceiptsBeErased(runner);
    await letVerificationsBeErased(runner);
    await letLeftoversBeErased(runner);
  }
}

async function createRules(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS retention_rule (
      tenant_id uuid NOT NULL,
      version integer NOT NULL,
      days json NOT NULL,
      set_by text NOT NULL,
      set_by_name text NOT NULL,
      set_at timestamptz NOT NULL,
      CONSTRAINT retention_rule_pk PRIMARY KEY (tenant_id, version),
      CONSTRAINT retention_rule_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT retention_rule_version_ck CHECK (version >= 1)
    )`);
  await protectTenantTable(runner, 'retention_rule', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
}

async function createHolds(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS legal_hold (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      target_type text NOT NULL,
      target_id uuid NOT NULL,
      reason text NOT NULL,
      placed_by text NOT NULL,
      placed_by_name text NOT NULL,
      placed_at timestamptz NOT NULL,
      release_reason text,
      released_by text,
      released_by_name text,
      released_at timestamptz,
      CONSTRAINT legal_hold_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT legal_hold_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT legal_hold_target_type_ck CHECK (target_type IN ('bill', 'receipt')),
      CONSTRAINT legal_hold_released_ck CHECK (
        (released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (released_by_name IS NULL)
        AND (released_at IS NULL) = (release_reason IS NULL))
    )`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS legal_hold_standing_ix ON legal_hold (tenant_id, target_id) WHERE released_at IS NULL`);
  await protectTenantTable(runner, 'legal_hold', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  await runner.query(`GRANT UPDATE (release_reason, released_by, released_by_name, released_at) ON legal_hold TO piaoyan_api`);
}

async function createErasures(runner: QueryRunner): Promise<void> {
  // A mark stands while objects are being deleted: it is written with the change of the row, and goes with the proof.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS erasure_mark (
      tenant_id uuid NOT NULL,
      class text NOT NULL,
      record_type text NOT NULL,
      record_id text NOT NULL,
      rule text NOT NULL,
      sha256 text NOT NULL,
      object_keys json NOT NULL,
      marked_at timestamptz NOT NULL,
      CONSTRAINT erasure_mark_pk PRIMARY KEY (tenant_id, class, record_type, record_id),
      CONSTRAINT erasure_mark_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id)
    )`);
  await protectTenantTable(runner, 'erasure_mark', { worker: ['SELECT', 'INSERT', 'DELETE'] });
  // No foreign key to the tenant: the proof outlives it. Its key lets nothing be proven twice.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS erasure_proof (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      class text NOT NULL,
      record_type text NOT NULL,
      record_id text NOT NULL,
      rule text NOT NULL,
      sha256 text NOT NULL,
      object_count integer NOT NULL,
      erased_at timestamptz NOT NULL,
      CONSTRAINT erasure_proof_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT erasure_proof_record_uq UNIQUE (tenant_id, class, record_type, record_id)
    )`);
  await protectTenantTable(runner, 'erasure_proof', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
  await runner.query(`
    CREATE OR REPLACE FUNCTION erasure_proof_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'proofs of erasure are never changed or removed (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query(`
    CREATE TRIGGER erasure_proof_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure_proof
    FOR EACH STATEMENT EXECUTE FUNCTION erasure_proof_refuse_change()`);
}

/** A run is a tenant's day. The worker knows no tenant until it is told one: it asks for their ids, and for nothing else of them. */
async function createRuns(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS retention_run (
      tenant_id uuid NOT NULL,
      day text NOT NULL,
      erased integer NOT NULL,
      started_at timestamptz NOT NULL,
      finished_at timestamptz,
      CONSTRAINT retention_run_pk PRIMARY KEY (tenant_id, day),
      CONSTRAINT retention_run_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id)
    )`);
  await protectTenantTable(runner, 'retention_run', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
  await runner.query(`GRANT UPDATE (erased, finished_at) ON retention_run TO piaoyan_worker`);
  await runner.query(`
    CREATE OR REPLACE FUNCTION tenant_ids() RETURNS TABLE (id uuid)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$ SELECT t.id FROM public.tenant t ORDER BY t.id $$`);
  await runner.query(`REVOKE ALL ON FUNCTION tenant_ids() FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION tenant_ids() TO piaoyan_worker`);
}

async function letReceiptsBeErased(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE receipt
      ADD COLUMN IF NOT EXISTS decision text,
      ADD COLUMN IF NOT EXISTS original_erased_at timestamptz,
      ADD COLUMN IF NOT EXISTS original_erased_by text,
      ADD COLUMN IF NOT EXISTS personal_erased_at timestamptz,
      ADD COLUMN IF NOT EXISTS personal_erased_by text`);
  await runner.query(`ALTER TABLE receipt ALTER COLUMN file_name_sealed DROP NOT NULL`);
  await runner.query(`
    GRANT UPDATE (decision, original_erased_at, original_erased_by, personal_erased_at, personal_erased_by, file_name_sealed,
      original_key_sealed) ON receipt TO piaoyan_worker`);
  await runner.query(`GRANT DELETE ON receipt_correction TO piaoyan_worker`);
  await runner.query(`GRANT DELETE ON bill_term, bill_item TO piaoyan_worker`);
}

async function letVerificationsBeErased(runner: QueryRunner): Promise<void> {
  // kept_*: what the verdict was drawn from is gone, the verdict stays.
  await runner.query(`
    ALTER TABLE verification
      ADD COLUMN IF NOT EXISTS kept_verdict text,
      ADD COLUMN IF NOT EXISTS kept_review boolean,
      ADD COLUMN IF NOT EXISTS kept_face json,
      ADD COLUMN IF NOT EXISTS detail_erased_at timestamptz,
      ADD COLUMN IF NOT EXISTS detail_erased_by text`);
  await runner.query(`
    GRANT UPDATE (kept_verdict, kept_review, kept_face, detail_erased_at, detail_erased_by, asked_sealed) ON verification TO piaoyan_worker`);
  await runner.query(`GRANT DELETE ON provider_reply TO piaoyan_worker`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS verification_detail_due_ix ON verification (tenant_id, finished_at)
    WHERE detail_erased_at IS NULL AND finished_at IS NOT NULL`);
}

async function letLeftoversBeErased(runner: QueryRunner): Promise<void> {
  for (const table of ['verification_batch', 'verification_batch_row', 'webhook_event', 'webhook_delivery']) {
    await grantTable(runner, table, { worker: ['DELETE'] });
  }
}
