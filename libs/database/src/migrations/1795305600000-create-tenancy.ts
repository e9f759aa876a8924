import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Tenants and their API keys. */
export class CreateTenancy1795305600000 extends ForwardMigration {
  readonly name = 'CreateTenancy1795305600000';

  async up(runner: QueryRunner): Promise<void> {
    await createTenant(runner);
    await createApiKey(runner);
    await createApiKeyLookup(runner);
  }
}

async function createTenant(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS tenant (
      id uuid NOT NULL,
      name text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT tenant_pk PRIMARY KEY (id),
      CONSTRAINT tenant_name_uq UNIQUE (name)
    )`);
  await protectTenantTable(runner, 'tenant', { api: ['SELECT'], worker: ['SELECT'] }, 'id');
  // The operator finds a tenant by its name before there is a tenant context. The processes cannot: they are not the owner.
  await runner.query(`CREATE POLICY tenant_owner_reads ON tenant FOR SELECT TO piaoyan_owner USING (true)`);
}

async function createApiKey(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS api_key (
      id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      name text NOT NULL,
      hash bytea NOT NULL,
      last_four text NOT NULL,
      scopes text[] NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz,
      revoked_at timestamptz,
      last_used_at timestamptz,
      CONSTRAINT api_key_pk PRIMARY KEY (id),
      CONSTRAINT api_key_hash_uq UNIQUE (hash),
      CONSTRAINT api_key_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS api_key_tenant_id_created_at_ix ON api_key (tenant_id, created_at)`);
  await protectTenantTable(runner, 'api_key', { api: ['SELECT'] });
  await runner.query(`GRANT UPDATE (last_used_at) ON api_key TO piaoyan_api`);
  await runner.query(`CREATE POLICY api_key_owner_reads ON api_key FOR SELECT TO piaoyan_owner USING (true)`);
}

/** A key arrives before its tenant is known: the one question that row security cannot answer, asked through one function. */
async function createApiKeyLookup(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION api_key_by_hash(presented bytea)
    RETURNS TABLE (id uuid, tenant_id uuid, name text, hash bytea, scopes text[], expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT k.id, k.tenant_id, k.name, k.hash, k.scopes, k.expires_at, k.revoked_at, k.last_used_at
      FROM public.api_key k WHERE k.hash = presented
    $$`);
  await runner.query(`REVOKE ALL ON FUNCTION api_key_by_hash(bytea) FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION api_key_by_hash(bytea) TO piaoyan_api`);
}
