import type { QueryRunner } from 'typeorm';
import { grantTable, protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** People: departments, users with their roles, what they prove themselves with, and their sessions. */
export class CreateIdentity1795306800000 extends ForwardMigration {
  readonly name = 'CreateIdentity1795306800000';

  async up(runner: QueryRunner): Promise<void> {
    await createDepartment(runner);
    await createUser(runner);
    await createPassword(runner);
    await createSecondFactor(runner);
    await createSession(runner);
    await createSignInLimits(runner);
    await createLookups(runner);
  }
}

async function createDepartment(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS department (
      id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      parent_id uuid,
      name text NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT department_pk PRIMARY KEY (id),
      CONSTRAINT department_tenant_id_id_uq UNIQUE (tenant_id, id),
      CONSTRAINT department_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT department_parent_id_fk FOREIGN KEY (tenant_id, parent_id) REFERENCES department (tenant_id, id),
      CONSTRAINT department_parent_ck CHECK (parent_id <> id)
    )`);
  // Two nulls are not equal: without a stand-in, two departments at the top could have one name.
  await runner.query(`
    CREATE UNIQUE INDEX IF NOT EXISTS department_name_uq
    ON department (tenant_id, coalesce(parent_id, '00000000-0000-0000-0000-000000000000'), name)`);
  await protectTenantTable(runner, 'department', { api: ['SELECT', 'INSERT', 'UPDATE'] });
}

/** The separation of powers (三权分立) is the table's own: a row with an administrator's role and another one cannot be written. */
async function createUser(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS user_account (
      id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      login text NOT NULL,
      login_key text NOT NULL,
      display_name text NOT NULL,
      department_id uuid,
      state text NOT NULL,
      source text NOT NULL,
      issuer text,
      subject text,
      roles text[] NOT NULL,
      must_change_password boolean NOT NULL,
      password_reset_by text,
      second_factor_reset_by text,
      failed_count integer NOT NULL DEFAULT 0,
      locked_until timestamptz,
      created_at timestamptz NOT NULL,
      last_sign_in_at timestamptz,
      CONSTRAINT user_account_pk PRIMARY KEY (id),
      CONSTRAINT user_account_tenant_id_id_uq UNIQUE (tenant_id, id),
      CONSTRAINT user_account_login_uq UNIQUE (tenant_id, login_key),
      CONSTRAINT user_account_subject_uq UNIQUE (tenant_id, source, issuer, subject),
      CONSTRAINT user_account_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT user_account_department_id_fk FOREIGN KEY (tenant_id, department_id) REFERENCES department (tenant_id, id),
      CONSTRAINT user_account_state_ck CHECK (state IN ('active', 'disabled')),
      CONSTRAINT user_account_source_ck CHECK (
        (source = 'local' AND issuer IS NULL AND subject IS NULL)
        OR (source IN ('oidc', 'ldap') AND issuer IS NOT NULL AND subject IS NOT NULL)),
      CONSTRAINT user_account_roles_known_ck CHECK (roles <@ ARRAY[
        'systemAdministrator', 'securityAdministrator', 'auditor', 'clerk', 'reviewer', 'accountant', 'integrator']),
      CONSTRAINT user_account_roles_apart_ck CHECK (
        cardinality(roles) <= 1 OR NOT roles && ARRAY['systemAdministrator', 'securityAdministrator', 'auditor'])
    )`);
  await protectTenantTable(runner, 'user_account', { api: ['SELECT', 'INSERT', 'UPDATE'] });
}

/** The newest password of a user is the one that opens; the others are kept so that they are not used again. */
async function createPassword(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS user_password (
      id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      user_id uuid NOT NULL,
      hash text NOT NULL,
      made_at timestamptz NOT NULL,
      expires_at timestamptz,
      CONSTRAINT user_password_pk PRIMARY KEY (id),
      CONSTRAINT user_password_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS user_password_user_id_made_at_ix ON user_password (tenant_id, user_id, made_at)`);
  await protectTenantTable(runner, 'user_password', { api: ['SELECT', 'INSERT', 'DELETE'] });
  await runner.query(`GRANT UPDATE (hash) ON user_password TO piaoyan_api`);
}

async function createSecondFactor(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS second_factor (
      tenant_id uuid NOT NULL,
      user_id uuid NOT NULL,
      secret_sealed bytea NOT NULL,
      enrolled_at timestamptz NOT NULL,
      confirmed_at timestamptz,
      last_step bigint,
      CONSTRAINT second_factor_pk PRIMARY KEY (tenant_id, user_id),
      CONSTRAINT second_factor_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
    )`);
  await protectTenantTable(runner, 'second_factor', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
  await runner.query(`
    CREATE TABLE IF NOT EXISTS recovery_code (
      tenant_id uuid NOT NULL,
      user_id uuid NOT NULL,
      hash bytea NOT NULL,
      used_at timestamptz,
      CONSTRAINT recovery_code_pk PRIMARY KEY (tenant_id, user_id, hash),
      CONSTRAINT recovery_code_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
    )`);
  await protectTenantTable(runner, 'recovery_code', { api: ['SELECT', 'INSERT', 'DELETE'] });
  await runner.query(`GRANT UPDATE (used_at) ON recovery_code TO piaoyan_api`);
}

async function createSession(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS user_session (
      id uuid NOT NULL,
      tenant_id uuid NOT NULL,
      user_id uuid NOT NULL,
      token_hash bytea NOT NULL,
      stage text NOT NULL,
      address text NOT NULL,
      opened_at timestamptz NOT NULL,
      seen_at timestamptz NOT NULL,
      authenticated_at timestamptz NOT NULL,
      CONSTRAINT user_session_pk PRIMARY KEY (id),
      CONSTRAINT user_session_token_hash_uq UNIQUE (token_hash),
      CONSTRAINT user_session_stage_ck CHECK (stage IN ('secondFactor', 'open')),
      CONSTRAINT user_session_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS user_session_user_id_opened_at_ix ON user_session (tenant_id, user_id, opened_at)`);
  await protectTenantTable(runner, 'user_session', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
}

/** An address from which a user signed in has a count of its own: whoever guesses elsewhere does not lock it. */
async function createSignInLimits(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS known_place (
      tenant_id uuid NOT NULL,
      user_id uuid NOT NULL,
      address_hash bytea NOT NULL,
      succeeded_at timestamptz NOT NULL,
      failed_count integer NOT NULL DEFAULT 0,
      locked_until timestamptz,
      CONSTRAINT known_place_pk PRIMARY KEY (tenant_id, user_id, address_hash),
      CONSTRAINT known_place_user_id_fk FOREIGN KEY (tenant_id, user_id) REFERENCES user_account (tenant_id, id)
    )`);
  await protectTenantTable(runner, 'known_place', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
  // Addresses belong to no tenant: who tries logins of many tenants is one and the same.
  await runner.query(`
    CREATE TABLE IF NOT EXISTS sign_in_throttle (
      address_hash bytea NOT NULL,
      failures integer NOT NULL,
      window_ends_at timestamptz NOT NULL,
      CONSTRAINT sign_in_throttle_pk PRIMARY KEY (address_hash)
    )`);
  await runner.query(`CREATE INDEX IF NOT EXISTS sign_in_throttle_window_ends_at_ix ON sign_in_throttle (window_ends_at)`);
  await grantTable(runner, 'sign_in_throttle', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
}

/** What is asked before there is a tenant: which tenant is meant, and whose session a token is. Functions of the owner answer, exactly. */
async function createLookups(runner: QueryRunner): Promise<void> {
  for (const table of ['user_account', 'user_password', 'second_factor', 'user_session']) {
    await runner.query(`CREATE POLICY ${table}_owner_reads ON ${table} FOR SELECT TO piaoyan_owner USING (true)`);
  }
  await runner.query(`
    CREATE OR REPLACE FUNCTION tenant_for_sign_in(named text)
    RETURNS TABLE (id uuid, name text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT t.id, t.name FROM public.tenant t
      WHERE CASE WHEN named IS NULL THEN (SELECT count(*) FROM public.tenant) = 1 ELSE t.name = named END
    $$`);
  await runner.query(`
    CREATE OR REPLACE FUNCTION session_by_token_hash(presented bytea)
    RETURNS TABLE (id uuid, tenant_id uuid, user_id uuid, token_hash bytea, stage text, opened_at timestamptz, seen_at timestamptz,
      authenticated_at timestamptz, login text, display_name text, state text, source text, roles text[], must_change_password boolean,
      password_made_at timestamptz, has_second_factor boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
    AS $$
      SELECT s.id, s.tenant_id, s.user_id, s.token_hash, s.stage, s.opened_at, s.seen_at, s.authenticated_at, u.login, u.display_name,
        u.state, u.source, u.roles, u.must_change_password,
        (SELECT max(p.made_at) FROM public.user_password p WHERE p.tenant_id = s.tenant_id AND p.user_id = s.user_id),
        EXISTS (SELECT FROM public.second_factor f
          WHERE f.tenant_id = s.tenant_id AND f.user_id = s.user_id AND f.confirmed_at IS NOT NULL)
      FROM public.user_session s JOIN public.user_account u ON u.tenant_id = s.tenant_id AND u.id = s.user_id
      WHERE s.token_hash = presented
    $$`);
  for (const signature of ['tenant_for_sign_in(text)', 'session_by_token_hash(bytea)']) {
    await runner.query(`REVOKE ALL ON FUNCTION ${signature} FROM PUBLIC`);
    await runner.query(`GRANT EXECUTE ON FUNCTION ${signature} TO piaoyan_api`);
  }
}
