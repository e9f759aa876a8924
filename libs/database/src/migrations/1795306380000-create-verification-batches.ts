import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Batches of verifications and their rows; and what the worker needs to ask on their behalf. */
export class CreateVerificationBatches1795306380000 extends ForwardMigration {
  readonly name = 'CreateVerificationBatches1795306380000';

  async up(runner: QueryRunner): Promise<void> {
    await createBatch(runner);
    await createRow(runner);
    await letWorkerAsk(runner);
  }
}

async function createBatch(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS verification_batch (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      source text NOT NULL,
      file_name text,
      request_hash text NOT NULL,
      idempotency_key text,
      provider text,
      state text NOT NULL,
      pause_reason text,
      row_count integer NOT NULL,
      ok_count integer NOT NULL,
      error_count integer NOT NULL,
      duplicate_count integer NOT NULL,
      skipped_count integer NOT NULL,
      confirmed_calls integer,
      confirmed_cached integer,
      confirmed_under_way integer,
      price_hao bigint NOT NULL,
      feed_step integer NOT NULL,
      created_by text NOT NULL,
      created_by_name text NOT NULL,
      created_at timestamptz NOT NULL,
      started_by text,
      started_by_name text,
      started_at timestamptz,
      finished_at timestamptz,
      CONSTRAINT verification_batch_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT verification_batch_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT verification_batch_idempotency_key_uq UNIQUE (tenant_id, idempotency_key),
      CONSTRAINT verification_batch_source_ck CHECK (source IN ('table', 'receipts')),
      CONSTRAINT verification_batch_state_ck CHECK (state IN ('draft', 'running', 'paused', 'cancelled', 'done'))
    )`);
  await protectTenantTable(runner, 'verification_batch', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  await runner.query(`
    GRANT UPDATE (state, pause_reason, confirmed_calls, confirmed_cached, confirmed_under_way, feed_step, started_by, started_by_name,
      started_at, finished_at) ON verification_batch TO piaoyan_api`);
  await runner.query(`GRANT UPDATE (state, pause_reason, feed_step, finished_at) ON verification_batch TO piaoyan_worker`);
}

async function createRow(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS verification_batch_row (
      tenant_id uuid NOT NULL,
      batch_id uuid NOT NULL,
      number integer NOT NULL,
      line integer,
      state text NOT NULL,
      given json,
      reference text NOT NULL,
      elements json,
      elements_hash text,
      errors json NOT NULL,
      normalised json NOT NULL,
      duplicate_of integer,
      receipt_id uuid,
      receipt_bill integer,
      problem text,
      verification_id uuid,
      verdict text,
      ended_at timestamptz,
      CONSTRAINT verification_batch_row_pk PRIMARY KEY (tenant_id, batch_id, number),
      CONSTRAINT verification_batch_row_batch_id_fk FOREIGN KEY (tenant_id, batch_id) REFERENCES verification_batch (tenant_id, id),
      CONSTRAINT verification_batch_row_receipt_id_fk FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipt (tenant_id, id),
      CONSTRAINT verification_batch_row_verification_id_fk
        FOREIGN KEY (tenant_id, verification_id) REFERENCES verification (tenant_id, id),
      CONSTRAINT verification_batch_row_verification_id_uq UNIQUE (tenant_id, verification_id),
      CONSTRAINT verification_batch_row_state_ck
        CHECK (state IN ('error', 'duplicate', 'skipped', 'pending', 'begun', 'ended', 'refused', 'cancelled')),
      CONSTRAINT verification_batch_row_verification_id_ck CHECK ((state IN ('begun', 'ended')) = (verification_id IS NOT NULL))
    )`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS verification_batch_row_state_ix ON verification_batch_row (tenant_id, batch_id, state, number)`);
  await protectTenantTable(runner, 'verification_batch_row', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  await runner.query(`GRANT UPDATE (state) ON verification_batch_row TO piaoyan_api`);
  await runner.query(`GRANT UPDATE (state, problem, verification_id, verdict, ended_at) ON verification_batch_row TO piaoyan_worker`);
}

/** The worker asks for a batch's rows as the api asks for a single one. */
async function letWorkerAsk(runner: QueryRunner): Promise<void> {
  await runner.query(`GRANT INSERT ON verification TO piaoyan_worker`);
  await runner.query(`GRANT SELECT ON receipt_correction TO piaoyan_worker`);
}
