import type { QueryRunner } from 'typeorm';
import { grantTable, protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Entries of the audit are numbered and sealed in signed segments, chained for each tenant and over all. */
export class SealAudit1795306680000 extends ForwardMigration {
  readonly name = 'SealAudit1795306680000';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of TABLES) await runner.query(statement);
    await protect(runner);
    await refuseChanges(runner);
    for (const { signature, body } of FUNCTIONS) await makeFunction(runner, signature, body);
  }
}

// No foreign keys: proofs outlive what they speak of.
const TABLES = [
  `CREATE TABLE IF NOT EXISTS audit_segment (
    tenant_id uuid NOT NULL,
    number bigint NOT NULL,
    first_sequence bigint NOT NULL,
    last_sequence bigint NOT NULL,
    entries integer NOT NULL,
    root bytea NOT NULL,
    previous_hash bytea NOT NULL,
    sealed_below xid8 NOT NULL,
    sealed_at timestamptz NOT NULL,
    suite text NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_segment_pk PRIMARY KEY (tenant_id, number),
    CONSTRAINT audit_segment_first_sequence_uq UNIQUE (tenant_id, first_sequence)
  )`,
  // Rows of audit_entry never change, so the number that sealing gives them stands here, with the leaf that it was sealed as.
  `CREATE TABLE IF NOT EXISTS audit_seal (
    tenant_id uuid NOT NULL,
    sequence bigint NOT NULL,
    entry_id uuid NOT NULL,
    segment bigint NOT NULL,
    leaf bytea NOT NULL,
    CONSTRAINT audit_seal_pk PRIMARY KEY (tenant_id, sequence),
    CONSTRAINT audit_seal_entry_id_uq UNIQUE (tenant_id, entry_id)
  )`,
  // Apart from the segment: what is signed is committed first, so that a killed sealer never signs two contents under one number.
  `CREATE TABLE IF NOT EXISTS audit_signature (
    tenant_id uuid NOT NULL,
    segment bigint NOT NULL,
    key_id text NOT NULL,
    previous_key_id text,
    signature bytea NOT NULL,
    signed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT audit_signature_pk PRIMARY KEY (tenant_id, segment)
  )`,
  // Of the installation, not of a tenant: ids and hashes, so that a tenant whose every row was removed is still missed.
  `CREATE TABLE IF NOT EXISTS audit_link (
    number bigint NOT NULL,
    sealed_tenant uuid NOT NULL,
    segment bigint NOT NULL,
    segment_hash bytea NOT NULL,
    previous_hash bytea NOT NULL,
    suite text NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT audit_link_pk PRIMARY KEY (number),
    CONSTRAINT audit_link_segment_uq UNIQUE (sealed_tenant, segment)
  )`,
  `CREATE TABLE IF NOT EXISTS audit_signing_key (
    id text NOT NULL,
    suite text NOT NULL,
    spki bytea NOT NULL,
    first_used_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT audit_signing_key_pk PRIMARY KEY (id)
  )`,
  // How far sealing has come, so that a round looks at new entries only. No evidence: whoever changes it delays sealing, and that shows.
  `CREATE TABLE IF NOT EXISTS audit_sealing (
    id integer NOT NULL DEFAULT 1,
    sealed_below xid8 NOT NULL,
    signed_link bigint NOT NULL,
    CONSTRAINT audit_sealing_pk PRIMARY KEY (id),
    CONSTRAINT audit_sealing_one_ck CHECK (id = 1)
  )`,
  `INSERT INTO audit_sealing (sealed_below, signed_link) SELECT '0', 0 WHERE NOT EXISTS (SELECT FROM audit_sealing)`,
];

const IMMUTABLE = ['audit_segment', 'audit_seal', 'audit_signature', 'audit_link', 'audit_signing_key'];
const TENANT_TABLES = ['audit_segment', 'audit_seal', 'audit_signature'];

async function protect(runner: QueryRunner): Promise<void> {
  for (const table of TENANT_TABLES) await protectTenantTable(runner, table, { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
  await grantTable(runner, 'audit_link', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
  await grantTable(runner, 'audit_signing_key', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
  await grantTable(runner, 'audit_sealing', { api: ['SELECT'], worker: ['SELECT', 'UPDATE'] });
  // The functions below run as the owner, whom row security binds too.
  for (const table of ['audit_entry', 'audit_seal']) {
    await runner.query(`CREATE POLICY ${table}_owner_reads ON ${table} FOR SELECT TO piaoyan_owner USING (true)`);
  }
}

/** Per statement, as for audit_entry. */
async function refuseChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION audit_proof_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the seals of the audit are never changed or removed (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
    END $$`);
  for (const table of IMMUTABLE) {
    await runner.query(`
      CREATE TRIGGER ${table}_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table}
      FOR EACH STATEMENT EXECUTE FUNCTION audit_proof_refuse_change()`);
  }
}

/**
 * Entries that are not sealed, from a transaction on. After a restore into another cluster, entries hold numbers of transactions that this
 * one has not reached yet: no running transaction can be theirs, so they may be sealed at once.
 */
const UNSEALED = `FROM public.audit_entry e WHERE e.transaction_id >= %from%
  AND NOT EXISTS (SELECT FROM public.audit_seal s WHERE s.tenant_id = e.tenant_id AND s.entry_id = e.id)`;
const unsealed = (from: string): string => UNSEALED.replace('%from%', from);

const FUNCTIONS = [
  {
    signature: 'audit_tenants_to_seal(lowest xid8, below xid8)',
    body: `RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
      SELECT DISTINCT e.tenant_id ${unsealed('lowest')}
      AND (e.transaction_id < below OR e.transaction_id >= pg_snapshot_xmax(pg_current_snapshot())) $$`,
  },
  {
    // Counts no further than an alarm needs to.
    signature: 'audit_sealing_lag()',
    body: `RETURNS TABLE (entries bigint, oldest timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
      SELECT count(*), min(u.recorded_at) FROM (
        SELECT e.recorded_at ${unsealed(`(SELECT CASE WHEN p.sealed_below > pg_snapshot_xmax(pg_current_snapshot()) THEN '0'::xid8 ELSE p.sealed_below END
          FROM public.audit_sealing p)`)}
        ORDER BY e.transaction_id LIMIT 10000) u $$`,
  },
];

async function makeFunction(runner: QueryRunner, signature: string, body: string): Promise<void> {
  const name = signature.replace(/\b[a-z]+ (xid8)/g, '$1');
  await runner.query(`CREATE OR REPLACE FUNCTION ${signature} ${body}`);
  await runner.query(`REVOKE ALL ON FUNCTION ${name} FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION ${name} TO piaoyan_api, piaoyan_worker`);
}
