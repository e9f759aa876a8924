import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What people corrected and confirmed, beside the readings. Rows are added, never changed: each review of a bill is a version of its own. */
export class CreateReceiptCorrections1795306020000 extends ForwardMigration {
  readonly name = 'CreateReceiptCorrections1795306020000';

  async up(runner: QueryRunner): Promise<void> {
    // The key lets only one of two reviewers who saw the same version write the next.
    await runner.query(`
      CREATE TABLE IF NOT EXISTS receipt_correction (
        tenant_id uuid NOT NULL,
        receipt_id uuid NOT NULL,
        bill_number integer NOT NULL,
        version integer NOT NULL,
        fields json NOT NULL,
        created_by text NOT NULL,
        created_by_name text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT receipt_correction_pk PRIMARY KEY (tenant_id, receipt_id, bill_number, version),
        CONSTRAINT receipt_correction_receipt_id_fk FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipt (tenant_id, id),
        CONSTRAINT receipt_correction_numbers_ck CHECK (bill_number >= 1 AND version >= 1)
      )`);
    await protectTenantTable(runner, 'receipt_correction', { api: ['SELECT', 'INSERT'] });
  }
}
