import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Which reviewer has which receipt open for review, and until when: the purpose for which the pages of that receipt are looked at. */
export class OpenReviews1795307540000 extends ForwardMigration {
  readonly name = 'OpenReviews1795307540000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS receipt_review (
        tenant_id uuid NOT NULL,
        reviewer text NOT NULL,
        receipt_id uuid NOT NULL,
        open_until timestamptz NOT NULL,
        CONSTRAINT receipt_review_pk PRIMARY KEY (tenant_id, reviewer, receipt_id),
        CONSTRAINT receipt_review_receipt_id_fk FOREIGN KEY (tenant_id, receipt_id) REFERENCES receipt (tenant_id, id)
      )`);
    await protectTenantTable(runner, 'receipt_review', { api: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] });
  }
}
