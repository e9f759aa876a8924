import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What a tenant allows its verifications, and what a verification says of its refusal, its wait and its bill. */
export class AddVerificationPolicy1795306320000 extends ForwardMigration {
  readonly name = 'AddVerificationPolicy1795306320000';

  async up(runner: QueryRunner): Promise<void> {
    await createPolicy(runner);
    await extendVerification(runner);
    await extendAttempt(runner);
    await tellPlacesLeft(runner);
  }
}

async function createPolicy(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS verification_policy (
      tenant_id uuid NOT NULL,
      provider text,
      failover text NOT NULL,
      daily_quota integer,
      monthly_budget_fen bigint,
      on_implausible text NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT verification_policy_pk PRIMARY KEY (tenant_id),
      CONSTRAINT verification_policy_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT verification_policy_failover_ck CHECK (failover IN ('off', 'on', 'wide')),
      CONSTRAINT verification_policy_daily_quota_ck CHECK (daily_quota >= 0),
      CONSTRAINT verification_policy_monthly_budget_fen_ck CHECK (monthly_budget_fen >= 0),
      CONSTRAINT verification_policy_on_implausible_ck CHECK (on_implausible IN ('warn', 'refuse'))
    )`);
  await protectTenantTable(runner, 'verification_policy', { api: ['SELECT'], worker: ['SELECT'] });
}

async function extendVerification(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE verification
      ADD COLUMN IF NOT EXISTS bill integer,
      ADD COLUMN IF NOT EXISTS read_face json,
      ADD COLUMN IF NOT EXISTS refusal_code text,
      ADD COLUMN IF NOT EXISTS refusal_passes_at timestamptz,
      ADD COLUMN IF NOT EXISTS tries_left integer,
      ADD COLUMN IF NOT EXISTS hold text`);
  await runner.query(`GRANT UPDATE (hold, provider) ON verification TO piaoyan_worker`);
  // All that was asked of a bill: one look finds the stored answer, the call under way and the mismatches of today.
  await runner.query(`
    CREATE INDEX IF NOT EXISTS verification_tenant_id_bill_hash_ix ON verification (tenant_id, bill_hash, finished_at)
    WHERE origin = 'upstream'`);
}

async function extendAttempt(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE attempt ADD COLUMN IF NOT EXISTS asked_at timestamptz`);
  await runner.query(`GRANT UPDATE (asked_at) ON attempt TO piaoyan_worker`);
  await runner.query(`CREATE INDEX IF NOT EXISTS attempt_tenant_id_counted_day_ix ON attempt (tenant_id, counted_day)`);
}

async function tellPlacesLeft(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE OR REPLACE FUNCTION bill_day_left(bill text, on_day text, places integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$ BEGIN
      RETURN places - coalesce((SELECT used FROM public.bill_day_count WHERE bill_hash = bill AND day = on_day), 0);
    END $$`);
  await runner.query(`REVOKE ALL ON FUNCTION bill_day_left(text, text, integer) FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION bill_day_left(text, text, integer) TO piaoyan_api, piaoyan_worker`);
}
