import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Consent references and purposes of processing, as they were given with an upload, a verification or a batch. */
export class KeepProcessingBases1795307760000 extends ForwardMigration {
  readonly name = 'KeepProcessingBases1795307760000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS processing_basis (
        tenant_id uuid NOT NULL,
        target_type text NOT NULL,
        target_id uuid NOT NULL,
        basis_sealed bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT processing_basis_pk PRIMARY KEY (tenant_id, target_type, target_id),
        CONSTRAINT processing_basis_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT processing_basis_target_type_ck CHECK (target_type IN ('receipt', 'batch', 'verification', 'verificationBatch'))
      )`);
    await protectTenantTable(runner, 'processing_basis', { api: ['SELECT', 'INSERT'], worker: ['SELECT', 'DELETE'] });
  }
}
