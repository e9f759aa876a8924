import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Verifications, their attempts, and what these cost. */
export class CreateVerifications1795305780000 extends ForwardMigration {
  readonly name = 'CreateVerifications1795305780000';

  async up(runner: QueryRunner): Promise<void> {
    await createVerification(runner);
    await createAttempt(runner);
    await createCharge(runner);
  }
}

async function createVerification(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS verification (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      receipt_id uuid,
      provider text NOT NULL,
      origin text NOT NULL,
      source_id uuid,
      bill_code text NOT NULL,
      bill_number text NOT NULL,
      check_code text NOT NULL,
      issue_date text NOT NULL,
      total_amount text NOT NULL,
      bill_hash text NOT NULL,
      elements_hash text NOT NULL,
      idempotency_key text,
      request_hash text,
      state text NOT NULL,
      outcome text,
      charge text,
      face json,
      created_by text NOT NULL,
      created_at timestamptz NOT NULL,
      finished_at timestamptz,
      next_attempt_at timestamptz,
      CONSTRAINT verification_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT verification_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT verification_receipt_id_fk FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipt (tenant_id, id),
      CONSTRAINT verification_source_id_fk FOREIGN KEY (tenant_id, source_id) REFERENCES verification (tenant_id, id),
      CONSTRAINT verification_idempotency_key_uq UNIQUE (tenant_id, idempotency_key),
      CONSTRAINT verification_state_ck CHECK (state IN ('queued', 'waiting', 'answered', 'refused', 'failed', 'unknown')),
      CONSTRAINT verification_origin_ck CHECK (origin IN ('upstream', 'cache', 'joined', 'local')),
      CONSTRAINT verification_source_id_ck CHECK ((origin IN ('cache', 'joined')) = (source_id IS NOT NULL)),
      CONSTRAINT verification_charge_ck CHECK (charge IN ('charged', 'notCharged', 'unknown'))
    )`);
  // Single flight: the database itself refuses a second open call for the identical elements.
  await runner.query(`
    CREATE UNIQUE INDEX IF NOT EXISTS verification_open_elements_uq ON verification (tenant_id, elements_hash)
    WHERE origin = 'upstream' AND state IN ('queued', 'waiting')`);
  await runner.query(
    `CREATE INDEX IF NOT EXISTS verification_tenant_id_elements_hash_ix ON verification (tenant_id, elements_hash, finished_at)`,
  );
  await runner.query(`CREATE INDEX IF NOT EXISTS verification_tenant_id_source_id_ix ON verification (tenant_id, source_id)`);
  await protectTenantTable(runner, 'verification', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  await runner.query(`GRANT UPDATE (state, outcome, charge, face, finished_at, next_attempt_at) ON verification TO piaoyan_worker`);
}

async function createAttempt(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS attempt (
      tenant_id uuid NOT NULL,
      id uuid NOT NULL,
      verification_id uuid NOT NULL,
      number integer NOT NULL,
      provider text NOT NULL,
      state text NOT NULL,
      outcome text,
      provider_code text,
      provider_message text,
      charge text,
      counted_day text NOT NULL,
      created_at timestamptz NOT NULL,
      finished_at timestamptz,
      CONSTRAINT attempt_pk PRIMARY KEY (tenant_id, id),
      CONSTRAINT attempt_verification_id_fk FOREIGN KEY (tenant_id, verification_id) REFERENCES verification (tenant_id, id),
      CONSTRAINT attempt_verification_id_number_uq UNIQUE (tenant_id, verification_id, number),
      CONSTRAINT attempt_state_ck CHECK (state IN ('intended', 'answered', 'notSent', 'unknown')),
      CONSTRAINT attempt_end_ck CHECK ((state = 'intended') = (outcome IS NULL) AND (state = 'intended') = (charge IS NULL))
    )`);
  await protectTenantTable(runner, 'attempt', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
  await runner.query(`GRANT UPDATE (state, outcome, provider_code, provider_message, charge, finished_at) ON attempt TO piaoyan_worker`);
}

async function createCharge(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS charge (
      tenant_id uuid NOT NULL,
      attempt_id uuid NOT NULL,
      verification_id uuid NOT NULL,
      provider text NOT NULL,
      outcome text NOT NULL,
      state text NOT NULL,
      price_fen bigint NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT charge_pk PRIMARY KEY (tenant_id, attempt_id),
      CONSTRAINT charge_attempt_id_fk FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id),
      CONSTRAINT charge_verification_id_fk FOREIGN KEY (tenant_id, verification_id) REFERENCES verification (tenant_id, id),
      CONSTRAINT charge_state_ck CHECK (state IN ('charged', 'notCharged', 'unknown'))
    )`);
  await protectTenantTable(runner, 'charge', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
}
