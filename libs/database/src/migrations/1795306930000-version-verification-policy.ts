import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Rules are versions that are added to and never changed; a verification names the one it was decided by. */
export class VersionVerificationPolicy1795306930000 extends ForwardMigration {
  readonly name = 'VersionVerificationPolicy1795306930000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE verification_policy ADD COLUMN IF NOT EXISTS version integer NOT NULL DEFAULT 1`);
    await createVersions(runner);
    await asOwnerOfAll(runner, ['verification_policy', 'verification_policy_version'], () =>
      runner.query(`
        INSERT INTO verification_policy_version
          (tenant_id, version, provider, failover, daily_quota, monthly_budget_fen, on_implausible, set_by, set_by_name, set_at)
        SELECT tenant_id, version, provider, failover, daily_quota, monthly_budget_fen, on_implausible, 'migration', 'migration', updated_at
        FROM verification_policy`),
    );
    await runner.query(`GRANT INSERT ON verification_policy TO piaoyan_api`);
    await runner.query(
      `GRANT UPDATE (provider, failover, daily_quota, monthly_budget_fen, on_implausible, version, updated_at) ON verification_policy TO piaoyan_api`,
    );
    // Null: asked before there were versions.
    await runner.query(`ALTER TABLE verification ADD COLUMN IF NOT EXISTS policy_version integer`);
    await keepWhatKeysCouldDo(runner);
  }
}

async function createVersions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS verification_policy_version (
      tenant_id uuid NOT NULL,
      version integer NOT NULL,
      provider text,
      failover text NOT NULL,
      daily_quota integer,
      monthly_budget_fen bigint,
      on_implausible text NOT NULL,
      reason text,
      approval_id uuid,
      proposed_by text,
      set_by text NOT NULL,
      set_by_name text NOT NULL,
      set_at timestamptz NOT NULL,
      CONSTRAINT verification_policy_version_pk PRIMARY KEY (tenant_id, version),
      CONSTRAINT verification_policy_version_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT verification_policy_version_approval_id_fk FOREIGN KEY (tenant_id, approval_id) REFERENCES approval (tenant_id, id)
    )`);
  await protectTenantTable(runner, 'verification_policy_version', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  // Only the owner, at the command line, may change rules alone.
  await runner.query(`
    CREATE POLICY verification_policy_version_needs_approval ON verification_policy_version AS RESTRICTIVE FOR INSERT TO piaoyan_api
    WITH CHECK (approval_id IS NOT NULL)`);
}

/** The rules and the costs have scopes of their own now, which a key that could see them keeps. */
async function keepWhatKeysCouldDo(runner: QueryRunner): Promise<void> {
  await asOwnerOfAll(runner, ['api_key'], () =>
    runner.query(`
      UPDATE api_key SET scopes = scopes || ARRAY['policy.read', 'charge.read']
      WHERE 'verification.read' = ANY (scopes) AND NOT 'charge.read' = ANY (scopes)`),
  );
}

/** Row security binds the owner too, and there is no tenant here: it is lifted for one statement, within the migration's transaction. */
async function asOwnerOfAll(runner: QueryRunner, tables: readonly string[], work: () => Promise<unknown>): Promise<void> {
  for (const table of tables) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
  await work();
  for (const table of tables) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
}
