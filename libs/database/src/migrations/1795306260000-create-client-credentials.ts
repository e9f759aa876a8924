import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Credentials of systems that speak a provider's dialect to us. */
export class CreateClientCredentials1795306260000 extends ForwardMigration {
  readonly name = 'CreateClientCredentials1795306260000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS client_credential (
        id uuid NOT NULL,
        tenant_id uuid NOT NULL,
        dialect text NOT NULL,
        name text NOT NULL,
        public_id text NOT NULL,
        secret_hash bytea,
        secret_sealed bytea,
        scopes text[] NOT NULL,
        allowed_networks text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT client_credential_pk PRIMARY KEY (id),
        CONSTRAINT client_credential_public_id_uq UNIQUE (public_id),
        CONSTRAINT client_credential_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT client_credential_one_secret_ck CHECK ((secret_hash IS NULL) <> (secret_sealed IS NULL))
      )`);
    await runner.query(`CREATE INDEX IF NOT EXISTS client_credential_tenant_id_created_at_ix ON client_credential (tenant_id, created_at)`);
    await protectTenantTable(runner, 'client_credential', { api: ['SELECT'] });
    await runner.query(`GRANT UPDATE (last_used_at) ON client_credential TO piaoyan_api`);
    await runner.query(`CREATE POLICY client_credential_owner_reads ON client_credential FOR SELECT TO piaoyan_owner USING (true)`);
    await createLookup(runner);
  }
}

/** A call arrives before its tenant is known: the one question that row security cannot answer, asked through one function. */
async function createLookup(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION client_credential_by_public_id(spoken text, presented text)
    RETURNS TABLE (id uuid, tenant_id uuid, name text, secret_hash bytea, secret_sealed bytea, scopes text[], allowed_networks text[],
      expires_at timestamptz, revoked_at timestamptz, last_used_at timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT c.id, c.tenant_id, c.name, c.secret_hash, c.secret_sealed, c.scopes, c.allowed_networks, c.expires_at, c.revoked_at, c.last_used_at
      FROM public.client_credential c WHERE c.public_id = presented AND c.dialect = spoken
    $$`);
  await runner.query(`REVOKE ALL ON FUNCTION client_credential_by_public_id(text, text) FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION client_credential_by_public_id(text, text) TO piaoyan_api`);
}
