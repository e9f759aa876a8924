import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/**
 * Segments of the audit that have outlived their time may go: whole ones, from the beginning, each time with a signed record that stays. The
 * signatures and links of what is gone stay too, so that the chain over all tenants has no gap.
 */
export class RemoveOldAudit1795307150000 extends ForwardMigration {
  readonly name = 'RemoveOldAudit1795307150000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLE);
    await protectTenantTable(runner, 'audit_removal', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
    await runner.query(`
      CREATE TRIGGER audit_removal_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_removal
      FOR EACH STATEMENT EXECUTE FUNCTION audit_proof_refuse_change()`);
    await checkRecords(runner);
    await checkRows(runner);
    await letRowsGo(runner);
    await runner.query(REMOVE);
    await runner.query(`REVOKE ALL ON FUNCTION audit_remove(integer) FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION audit_remove(integer) TO piaoyan_worker`);
  }
}

// The floor of 184 days (a law's six months) is no setting. No foreign keys: the record outlives what it speaks of.
const TABLE = `
  CREATE TABLE IF NOT EXISTS audit_removal (
    tenant_id uuid NOT NULL,
    number integer NOT NULL,
    first_segment bigint NOT NULL,
    last_segment bigint NOT NULL,
    first_sequence bigint NOT NULL,
    last_sequence bigint NOT NULL,
    entries bigint NOT NULL,
    root bytea NOT NULL,
    last_hash bytea NOT NULL,
    last_key_id text NOT NULL,
    last_sealed_at timestamptz NOT NULL,
    retention_days integer NOT NULL,
    removed_at timestamptz NOT NULL,
    previous_hash bytea NOT NULL,
    suite text NOT NULL,
    hash bytea NOT NULL,
    key_id text NOT NULL,
    signature bytea NOT NULL,
    CONSTRAINT audit_removal_pk PRIMARY KEY (tenant_id, number),
    CONSTRAINT audit_removal_first_segment_uq UNIQUE (tenant_id, first_segment),
    CONSTRAINT audit_removal_days_ck CHECK (retention_days >= 184)
  )`;

/** A record speaks of exactly the oldest segments that are there, all old enough by this clock, none under a hold, and never of the last. */
async function checkRecords(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION audit_removal_check() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
    DECLARE
      before record;
      found record;
      cutoff timestamptz := clock_timestamp() - make_interval(days => NEW.retention_days);
    BEGIN
      SELECT coalesce(max(number), 0) AS number, coalesce(max(last_segment), 0) AS segment INTO before
        FROM audit_removal WHERE tenant_id = NEW.tenant_id;
      SELECT count(*) AS segments, sum(g.entries) AS entries, max(g.sealed_at) AS newest, min(g.first_sequence) AS first_sequence,
             max(g.last_sequence) AS last_sequence, count(s.segment) AS signed INTO found
        FROM audit_segment g LEFT JOIN audit_signature s ON s.tenant_id = g.tenant_id AND s.segment = g.number
        WHERE g.tenant_id = NEW.tenant_id AND g.number >= NEW.first_segment AND g.number <= NEW.last_segment;
      IF NEW.number <> before.number + 1 OR NEW.first_segment <> before.segment + 1
        OR found.segments <> NEW.last_segment - NEW.first_segment + 1 OR found.signed <> found.segments
        OR found.entries <> NEW.entries OR found.first_sequence <> NEW.first_sequence OR found.last_sequence <> NEW.last_sequence THEN
        RAISE EXCEPTION 'a removal speaks of the oldest segments that are there, and of nothing else' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF found.newest >= cutoff OR NEW.last_sealed_at <> found.newest OR NEW.removed_at > clock_timestamp() THEN
        RAISE EXCEPTION 'a segment of the audit is not old enough to be removed' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF NOT EXISTS (SELECT FROM audit_segment WHERE tenant_id = NEW.tenant_id AND number = NEW.last_segment AND hash = NEW.last_hash)
        OR NOT EXISTS (SELECT FROM audit_segment WHERE tenant_id = NEW.tenant_id AND number = NEW.last_segment + 1) THEN
        RAISE EXCEPTION 'the last segment of the audit is never removed' USING ERRCODE = 'insufficient_privilege';
      END IF;
      IF EXISTS (SELECT FROM legal_hold WHERE tenant_id = NEW.tenant_id AND released_at IS NULL) THEN
        RAISE EXCEPTION 'a legal hold keeps the audit' USING ERRCODE = 'insufficient_privilege';
      END IF;
      RETURN NEW;
    END $$`);
  await runner.query(`
    CREATE TRIGGER audit_removal_check BEFORE INSERT ON audit_removal FOR EACH ROW EXECUTE FUNCTION audit_removal_check()`);
}

/** Of each table: what of a deleted row a removal must cover. Entries go before their seals, which tell their numbers. */
const COVERED = {
  audit_entry: `SELECT FROM audit_seal s JOIN audit_removal r ON r.tenant_id = s.tenant_id
    WHERE s.tenant_id = o.tenant_id AND s.entry_id = o.id AND s.sequence >= r.first_sequence AND s.sequence <= r.last_sequence`,
  audit_seal: `SELECT FROM audit_removal r WHERE r.tenant_id = o.tenant_id AND o.sequence >= r.first_sequence AND o.sequence <= r.last_sequence`,
  audit_segment: `SELECT FROM audit_removal r WHERE r.tenant_id = o.tenant_id AND o.number >= r.first_segment AND o.number <= r.last_segment`,
} as const;

async function checkRows(runner: QueryRunner): Promise<void> {
  for (const [table, covered] of Object.entries(COVERED)) {
    await runner.query(`
      CREATE OR REPLACE FUNCTION ${table}_check_removed() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
      BEGIN
        IF EXISTS (SELECT FROM removed o WHERE NOT EXISTS (${covered})) THEN
          RAISE EXCEPTION 'nothing of the audit is removed without a record of it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER ${table}_check_removed AFTER DELETE ON ${table} REFERENCING OLD TABLE AS removed
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_check_removed()`);
  }
}

/** The refusals of before stay, but for the one function below, whose deletions the triggers above judge row by row. */
async function letRowsGo(runner: QueryRunner): Promise<void> {
  const removing = `TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('audit_entry', 'audit_seal', 'audit_segment')
        AND current_user = 'piaoyan_owner' AND current_setting('audit.removing', true) = 'on'`;
  for (const [name, what] of [
    ['audit_entry_refuse_change', 'audit entries are never changed or removed'],
    ['audit_proof_refuse_change', 'the seals of the audit are never changed or removed'],
  ]) {
    await runner.query(`
      CREATE OR REPLACE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF ${removing} THEN RETURN NULL; END IF;
        RAISE EXCEPTION '${what} (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$`);
  }
}

/** Deletes at most so many of the current tenant's entries that removals cover, oldest first; 0 when none is left. */
const REMOVE = `
  CREATE OR REPLACE FUNCTION audit_remove(most integer) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
  DECLARE
    of_tenant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
    last_removed bigint;
    lowest bigint;
    highest bigint;
  BEGIN
    PERFORM set_config('audit.removing', 'on', true);
    SELECT max(r.last_sequence) INTO last_removed FROM audit_removal r WHERE r.tenant_id = of_tenant;
    SELECT min(s.sequence) INTO lowest FROM audit_seal s WHERE s.tenant_id = of_tenant AND s.sequence >= 1 AND s.sequence <= last_removed;
    highest := least(lowest + most - 1, last_removed);
    DELETE FROM audit_entry e WHERE e.tenant_id = of_tenant AND e.id IN
      (SELECT s.entry_id FROM audit_seal s WHERE s.tenant_id = of_tenant AND s.sequence >= lowest AND s.sequence <= highest);
    DELETE FROM audit_seal s WHERE s.tenant_id = of_tenant AND s.sequence >= lowest AND s.sequence <= highest;
    DELETE FROM audit_segment g WHERE g.tenant_id = of_tenant AND g.last_sequence <= coalesce(highest, last_removed);
    PERFORM set_config('audit.removing', 'off', true);
    RETURN coalesce(highest - lowest + 1, 0);
  END $$`;
