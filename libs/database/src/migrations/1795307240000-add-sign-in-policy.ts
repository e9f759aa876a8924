import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What a tenant demands of its people beyond the installation, and what each is told of the last sign-in. */
export class AddSignInPolicy1795307240000 extends ForwardMigration {
  readonly name = 'AddSignInPolicy1795307240000';

  async up(runner: QueryRunner): Promise<void> {
    await createPolicy(runner);
    await rememberSignIns(runner);
    await tellMoreOfSessions(runner);
  }
}

/** A tenant without a row has the installation's rules. There is no value that means less than those. */
async function createPolicy(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS sign_in_policy (
      tenant_id uuid NOT NULL,
      version integer NOT NULL,
      second_factor text NOT NULL,
      networks jsonb NOT NULL,
      changed_at timestamptz NOT NULL,
      CONSTRAINT sign_in_policy_pk PRIMARY KEY (tenant_id),
      CONSTRAINT sign_in_policy_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT sign_in_policy_second_factor_ck CHECK (second_factor IN ('installation', 'everybody'))
    )`);
  await protectTenantTable(runner, 'sign_in_policy', { api: ['SELECT', 'INSERT', 'UPDATE'] });
  await runner.query(`CREATE POLICY sign_in_policy_owner_reads ON sign_in_policy FOR SELECT TO piaoyan_owner USING (true)`);
}

/** The count goes on until the person is signed in; the session keeps what it was then. */
async function rememberSignIns(runner: QueryRunner): Promise<void> {
  await runner.query(`ALTER TABLE user_account ADD COLUMN IF NOT EXISTS last_sign_in_address text`);
  await runner.query(`ALTER TABLE user_account ADD COLUMN IF NOT EXISTS refused_sign_ins integer NOT NULL DEFAULT 0`);
  await runner.query(`ALTER TABLE user_session ADD COLUMN IF NOT EXISTS previous_sign_in_at timestamptz`);
  await runner.query(`ALTER TABLE user_session ADD COLUMN IF NOT EXISTS previous_sign_in_address text`);
  await runner.query(`ALTER TABLE user_session ADD COLUMN IF NOT EXISTS refused_before integer NOT NULL DEFAULT 0`);
}

/** What a function returns cannot be changed in place. */
async function tellMoreOfSessions(runner: QueryRunner): Promise<void> {
  await runner.query(`DROP FUNCTION IF EXISTS session_by_token_hash(bytea)`);
  await runner.query(`
    CREATE FUNCTION session_by_token_hash(presented bytea)
    RETURNS TABLE (id uuid, tenant_id uuid, user_id uuid, token_hash bytea, stage text, opened_at timestamptz, seen_at timestamptz,
      authenticated_at timestamptz, previous_sign_in_at timestamptz, previous_sign_in_address text, refused_before integer,
      login text, display_name text, state text, source text, roles text[], must_change_password boolean,
      password_made_at timestamptz, has_second_factor boolean, second_factor_policy text, networks jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT s.id, s.tenant_id, s.user_id, s.token_hash, s.stage, s.opened_at, s.seen_at, s.authenticated_at,
        s.previous_sign_in_at, s.previous_sign_in_address, s.refused_before,
        u.login, u.display_name, u.state, u.source, u.roles, u.must_change_password,
        (SELECT max(p.made_at) FROM public.user_password p WHERE p.tenant_id = s.tenant_id AND p.user_id = s.user_id),
        EXISTS (SELECT FROM public.second_factor f
          WHERE f.tenant_id = s.tenant_id AND f.user_id = s.user_id AND f.confirmed_at IS NOT NULL),
        coalesce(r.second_factor, 'installation'), coalesce(r.networks, '[]')
      FROM public.user_session s JOIN public.user_account u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
        LEFT JOIN public.sign_in_policy r ON r.tenant_id = s.tenant_id
      WHERE s.token_hash = presented
    $$`);
  await runner.query(`REVOKE ALL ON FUNCTION session_by_token_hash(bytea) FROM PUBLIC`);
  await runner.query(`GRANT EXECUTE ON FUNCTION session_by_token_hash(bytea) TO piaoyan_api`);
}
