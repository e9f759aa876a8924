import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Archives of documents that were uploaded at once, and which receipt came from which place in one. */
export class AddReceiptBatches1795305960000 extends ForwardMigration {
  readonly name = 'AddReceiptBatches1795305960000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS receipt_batch (
        tenant_id uuid NOT NULL,
        id uuid NOT NULL,
        sha256 text NOT NULL,
        idempotency_key text,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT receipt_batch_pk PRIMARY KEY (tenant_id, id),
        CONSTRAINT receipt_batch_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT receipt_batch_idempotency_key_uq UNIQUE (tenant_id, idempotency_key)
      )`);
    await protectTenantTable(runner, 'receipt_batch', { api: ['SELECT', 'INSERT'] });
    await runner.query(`ALTER TABLE receipt ADD COLUMN IF NOT EXISTS batch_id uuid`);
    await runner.query(`ALTER TABLE receipt ADD COLUMN IF NOT EXISTS batch_number integer`);
    await runner.query(`
      ALTER TABLE receipt ADD CONSTRAINT receipt_batch_id_fk FOREIGN KEY (tenant_id, batch_id) REFERENCES receipt_batch (tenant_id, id)`);
    // A repeated upload of a batch must not make a second receipt of the same document.
    await runner.query(`
      ALTER TABLE receipt ADD CONSTRAINT receipt_batch_id_batch_number_uq UNIQUE (tenant_id, batch_id, batch_number)`);
    await runner.query(`
      ALTER TABLE receipt ADD CONSTRAINT receipt_batch_number_ck CHECK ((batch_id IS NULL) = (batch_number IS NULL))`);
  }
}
