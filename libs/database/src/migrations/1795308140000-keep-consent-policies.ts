import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What each tenant demands to know of consent and says of it by default, and which bases were filled from that. */
export class KeepConsentPolicies1795308140000 extends ForwardMigration {
  readonly name = 'KeepConsentPolicies1795308140000';

  async up(runner: QueryRunner): Promise<void> {
    await createPolicies(runner);
    await runner.query(`
      ALTER TABLE processing_basis
        ADD COLUMN IF NOT EXISTS reference_is_default boolean NOT NULL DEFAULT false,
        ADD COLUMN IF NOT EXISTS purpose_is_default boolean NOT NULL DEFAULT false,
        ADD COLUMN IF NOT EXISTS policy_version integer`);
    await runner.query(`
      ALTER TABLE processing_basis
        ADD CONSTRAINT processing_basis_policy_version_fk FOREIGN KEY (tenant_id, policy_version) REFERENCES consent_policy (tenant_id, version),
        ADD CONSTRAINT processing_basis_policy_version_ck CHECK ((policy_version IS NOT NULL) = (reference_is_default OR purpose_is_default))`);
  }
}

async function createPolicies(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE IF NOT EXISTS consent_policy (
      tenant_id uuid NOT NULL,
      version integer NOT NULL,
      demands_reference boolean NOT NULL,
      default_reference text,
      default_purpose text,
      set_by text NOT NULL,
      set_by_name text NOT NULL,
      set_at timestamptz NOT NULL,
      CONSTRAINT consent_policy_pk PRIMARY KEY (tenant_id, version),
      CONSTRAINT consent_policy_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
      CONSTRAINT consent_policy_version_ck CHECK (version >= 1),
      CONSTRAINT consent_policy_default_reference_ck CHECK (default_reference IS NULL OR NOT demands_reference)
    )`);
  await protectTenantTable(runner, 'consent_policy', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
}
