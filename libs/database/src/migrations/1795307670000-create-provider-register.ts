import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What each tenant agreed with its providers, and which of them it asks: versions that are added to and never changed. */
export class CreateProviderRegister1795307670000 extends ForwardMigration {
  readonly name = 'CreateProviderRegister1795307670000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS provider_entry (
        tenant_id uuid NOT NULL,
        provider text NOT NULL,
        version integer NOT NULL,
        state text NOT NULL,
        purpose text,
        contract_reference text,
        agreement_reference text,
        reason text NOT NULL,
        approval_id uuid,
        proposed_by text,
        set_by text NOT NULL,
        set_by_name text NOT NULL,
        set_at timestamptz NOT NULL,
        CONSTRAINT provider_entry_pk PRIMARY KEY (tenant_id, provider, version),
        CONSTRAINT provider_entry_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT provider_entry_approval_id_fk FOREIGN KEY (tenant_id, approval_id) REFERENCES approval (tenant_id, id),
        CONSTRAINT provider_entry_state_ck CHECK (state IN ('open', 'closed')),
        CONSTRAINT provider_entry_open_ck CHECK (state = 'closed' OR
          (purpose IS NOT NULL AND contract_reference IS NOT NULL AND agreement_reference IS NOT NULL AND approval_id IS NOT NULL AND proposed_by <> set_by))
      )`);
    await protectTenantTable(runner, 'provider_entry', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
  }
}
