import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** API keys get a second secret while they are rotated, may be bound to networks and a certificate, and may sign requests. */
export class RotateAndSignWithApiKeys1795306860000 extends ForwardMigration {
  readonly name = 'RotateAndSignWithApiKeys1795306860000';

  async up(runner: QueryRunner): Promise<void> {
    await extendApiKey(runner);
    await createNonces(runner);
    await createLookup(runner);
    await narrowOldLookup(runner);
  }
}

async function extendApiKey(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE api_key
      ADD COLUMN IF NOT EXISTS signing text NOT NULL DEFAULT 'none',
      ADD COLUMN IF NOT EXISTS salt bytea,
      ADD COLUMN IF NOT EXISTS allowed_networks text[] NOT NULL DEFAULT '{}',
      ADD COLUMN IF NOT EXISTS certificate_sha256 text,
      ADD COLUMN IF NOT EXISTS rotated_at timestamptz,
      ADD COLUMN IF NOT EXISTS previous_hash bytea,
      ADD COLUMN IF NOT EXISTS previous_salt bytea,
      ADD COLUMN IF NOT EXISTS previous_last_four text,
      ADD COLUMN IF NOT EXISTS previous_until timestamptz,
      ADD CONSTRAINT api_key_signing_ck CHECK (signing = 'none' OR (signing = 'required' AND salt IS NOT NULL)),
      ADD CONSTRAINT api_key_previous_hash_uq UNIQUE (previous_hash),
      ADD CONSTRAINT api_key_tenant_id_id_uq UNIQUE (tenant_id, id)`);
  await runner.query(`GRANT INSERT ON api_key TO piaoyan_api`);
  // What a key may do, and from where, is settled when it is made.
  await runner.query(`
    GRANT UPDATE (hash, salt, last_four, expires_at, revoked_at, rotated_at, previous_hash, previous_salt, previous_last_four, previous_until)
      ON api_key TO piaoyan_api`);
}

/** Nonces of signed requests, for as long as a signature could be presented again. */
async function createNonces(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS api_key_nonce (
      tenant_id uuid NOT NULL,
      api_key_id uuid NOT NULL,
      nonce text NOT NULL,
      expires_at timestamptz NOT NULL,
      CONSTRAINT api_key_nonce_pk PRIMARY KEY (tenant_id, api_key_id, nonce),
      CONSTRAINT api_key_nonce_api_key_fk FOREIGN KEY (tenant_id, api_key_id) REFERENCES api_key (tenant_id, id)
    )`);
  await runner.query(`
    CREATE INDEX IF NOT EXISTS api_key_nonce_expires_at_ix ON api_key_nonce (tenant_id, api_key_id, expires_at)`);
  await protectTenantTable(runner, 'api_key_nonce', { api: ['SELECT', 'INSERT', 'DELETE'] });
}

/** As `api_key_by_hash`, which the previous release still asks: by one exact hash of either secret, or one exact id. */
async function createLookup(runner: QueryRunner): Promise<void> {
  const columns = `k.id, k.tenant_id, k.name, k.hash, k.scopes, k.signing, k.salt, k.allowed_networks, k.certificate_sha256,
        k.expires_at, k.revoked_at, k.last_used_at, k.previous_hash, k.previous_salt, k.previous_until`;
  await runner.query(`
    CREATE OR REPLACE FUNCTION api_key_presented(presented_hash bytea, presented_id uuid)
    RETURNS TABLE (id uuid, tenant_id uuid, name text, hash bytea, scopes text[], signing text, salt bytea, allowed_networks text[],
      certificate_sha256 text, expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz,
      previous_hash bytea, previous_salt bytea, previous_until timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT ${columns} FROM public.api_key k WHERE k.hash = presented_hash
      UNION ALL
      SELECT ${columns} FROM public.api_key k WHERE k.previous_hash = presented_hash
      UNION ALL
      SELECT ${columns} FROM public.api_key k WHERE k.id = presented_id
    $$`);
  await runner.query(`REVOKE ALL ON FUNCTION api_key_presented(bytea, uuid) FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION api_key_presented(bytea, uuid) TO piaoyan_api`);
}

/** The previous release, while an upgrade rolls out, knows nothing of bound keys: it must not find them. */
async function narrowOldLookup(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION api_key_by_hash(presented bytea)
    RETURNS TABLE (id uuid, tenant_id uuid, name text, hash bytea, scopes text[], expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT k.id, k.tenant_id, k.name, k.hash, k.scopes, k.expires_at, k.revoked_at, k.last_used_at
      FROM public.api_key k
      WHERE k.hash = presented AND k.signing = 'none' AND k.allowed_networks = '{}' AND k.certificate_sha256 IS NULL
    $$`);
}
