import type { QueryRunner } from 'typeorm';
import { grantTable, protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Prices of contracts, the settlement of unknown charges, and the record of every comparison with a provider's statement. */
export class SettleCharges1795306440000 extends ForwardMigration {
  readonly name = 'SettleCharges1795306440000';

  async up(runner: QueryRunner): Promise<void> {
    await createCallPrice(runner);
    await createSettlement(runner);
    await allowSettledVerifications(runner);
    await createReconciliation(runner);
    await addIndexes(runner);
  }
}

async function createCallPrice(runner: QueryRunner): Promise<void> {
  // Prices are of the bank's contract, not of a tenant. A price set again for the same day stands beside the earlier one; the newest counts.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS call_price (
      id uuid NOT NULL,
      provider text NOT NULL,
      valid_from text NOT NULL,
      price_hao bigint NOT NULL,
      set_by text NOT NULL,
      set_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT call_price_pk PRIMARY KEY (id),
      CONSTRAINT call_price_price_hao_ck CHECK (price_hao >= 0)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS call_price_provider_valid_from_ix ON call_price (provider, valid_from, set_at)`);
  await grantTable(runner, 'call_price', { api: ['SELECT'], worker: ['SELECT'] });
  // Null: no price of a contract was entered for that day, and price_fen is the placeholder.
  await runner.query(`ALTER TABLE charge ADD COLUMN IF NOT EXISTS price_hao bigint`);
}

async function createSettlement(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS charge_settlement (
      tenant_id uuid NOT NULL,
      attempt_id uuid NOT NULL,
      verification_id uuid NOT NULL,
      charge text NOT NULL,
      provider_code text,
      source text NOT NULL,
      statement_sha256 text,
      statement_line integer,
      reason text,
      price_hao bigint NOT NULL,
      settled_by text NOT NULL,
      settled_at timestamptz NOT NULL,
      CONSTRAINT charge_settlement_pk PRIMARY KEY (tenant_id, attempt_id),
      CONSTRAINT charge_settlement_attempt_id_fk FOREIGN KEY (tenant_id, attempt_id) REFERENCES charge (tenant_id, attempt_id),
      CONSTRAINT charge_settlement_verification_id_fk FOREIGN KEY (tenant_id, verification_id) REFERENCES verification (tenant_id, id),
      CONSTRAINT charge_settlement_charge_ck CHECK (charge IN ('charged', 'notCharged')),
      CONSTRAINT charge_settlement_source_ck CHECK (
        (source = 'statement' AND statement_sha256 IS NOT NULL) OR (source = 'operator' AND statement_sha256 IS NULL AND reason IS NOT NULL)
      )
    )`);
  await protectTenantTable(runner, 'charge_settlement', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
}

async function allowSettledVerifications(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE verification DROP CONSTRAINT verification_state_ck`);
  await runner.query(`
    ALTER TABLE verification ADD CONSTRAINT verification_state_ck
    CHECK (state IN ('queued', 'waiting', 'answered', 'refused', 'failed', 'unknown', 'settled'))`);
  await runner.query(`ALTER TABLE verification ADD COLUMN IF NOT EXISTS settled_outcome text`);
  await runner.query(`GRANT UPDATE (state, charge, settled_outcome) ON verification TO piaoyan_api`);
}

async function createReconciliation(runner: QueryRunner): Promise<void> {
  // A statement is one bill for all tenants, and a line that fits no attempt belongs to none: only the owner reaches these two tables.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS reconciliation (
      id uuid NOT NULL,
      provider text NOT NULL,
      statement_sha256 text NOT NULL,
      from_day text,
      to_day text,
      line_count integer NOT NULL,
      pair_count integer NOT NULL,
      settled_count integer NOT NULL,
      difference_count integer NOT NULL,
      result_hash text NOT NULL,
      made_by text NOT NULL,
      made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT reconciliation_pk PRIMARY KEY (id)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS reconciliation_statement_sha256_ix ON reconciliation (statement_sha256, made_at)`);
  await runner.query(`
    CREATE TABLE IF NOT EXISTS reconciliation_difference (
      reconciliation_id uuid NOT NULL,
      number integer NOT NULL,
      kind text NOT NULL,
      statement_line integer,
      attempt_id uuid,
      bill text,
      detail text NOT NULL,
      CONSTRAINT reconciliation_difference_pk PRIMARY KEY (reconciliation_id, number),
      CONSTRAINT reconciliation_difference_reconciliation_id_fk FOREIGN KEY (reconciliation_id) REFERENCES reconciliation (id)
    )`);
}

async function addIndexes(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE INDEX IF NOT EXISTS charge_tenant_id_created_at_ix ON charge (tenant_id, created_at)`);
  await runner.query(`CREATE INDEX IF NOT EXISTS attempt_tenant_id_created_at_ix ON attempt (tenant_id, created_at)`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS verification_tenant_id_created_at_spared_ix ON verification (tenant_id, created_at)
    WHERE origin IN ('cache', 'joined')`);
}
