import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** The keys that a tenant's values are sealed with, each wrapped by a master key. A destroyed one stays as a row without its key. */
export class CreateDataKeys1795306560000 extends ForwardMigration {
  readonly name = 'CreateDataKeys1795306560000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS data_key (
        tenant_id uuid NOT NULL,
        data_class text NOT NULL,
        generation integer NOT NULL,
        suite text NOT NULL,
        state text NOT NULL,
        master_key text,
        wrapped bytea,
        created_at timestamptz NOT NULL DEFAULT now(),
        retired_at timestamptz,
        destroyed_at timestamptz,
        CONSTRAINT data_key_pk PRIMARY KEY (tenant_id, data_class, generation),
        CONSTRAINT data_key_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT data_key_generation_ck CHECK (generation > 0),
        CONSTRAINT data_key_suite_ck CHECK (suite IN ('standard', 'sm')),
        CONSTRAINT data_key_state_ck CHECK (state IN ('active', 'retired', 'destroyed')),
        CONSTRAINT data_key_retired_ck CHECK ((state = 'active') = (retired_at IS NULL)),
        CONSTRAINT data_key_destroyed_ck CHECK ((state = 'destroyed') = (destroyed_at IS NOT NULL)),
        CONSTRAINT data_key_wrapped_ck CHECK ((state = 'destroyed') = (wrapped IS NULL) AND (wrapped IS NULL) = (master_key IS NULL))
      )`);
    await protectTenantTable(runner, 'data_key', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'INSERT'] });
    // Erasure is the one change that the processes make; to wrap a key anew is the operator's.
    for (const role of ['piaoyan_api', 'piaoyan_worker']) {
      await runner.query(`GRANT UPDATE (state, retired_at, destroyed_at, master_key, wrapped) ON data_key TO ${role}`);
    }
    await runner.query(`CREATE POLICY data_key_owner_reads ON data_key FOR SELECT TO piaoyan_owner USING (true)`);
    await createMasterKeyQuestion(runner);
  }
}

/** Which master keys are needed is asked before there is a tenant: a count for each fingerprint, and no more. */
async function createMasterKeyQuestion(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION data_key_master_keys()
    RETURNS TABLE (master_key text, keys bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$ SELECT k.master_key, count(*) FROM public.data_key k WHERE k.master_key IS NOT NULL GROUP BY k.master_key ORDER BY k.master_key $$`);
  await runner.query(`REVOKE ALL ON FUNCTION data_key_master_keys() FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION data_key_master_keys() TO piaoyan_api, piaoyan_worker`);
}
