import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** When each original was last read and compared with its hash, what was found wrong with it, and the runs of each day. */
export class CheckOriginals1795307560000 extends ForwardMigration {
  readonly name = 'CheckOriginals1795307560000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE receipt
        ADD COLUMN IF NOT EXISTS original_checked_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN IF NOT EXISTS original_fault text,
        ADD COLUMN IF NOT EXISTS original_fault_at timestamptz,
        ADD CONSTRAINT receipt_original_fault_ck CHECK (
          (original_fault IS NULL OR original_fault IN ('damaged', 'missing')) AND (original_fault IS NULL) = (original_fault_at IS NULL))`);
    await runner.query(`GRANT UPDATE (original_checked_at, original_fault, original_fault_at) ON receipt TO piaoyan_worker`);
    await runner.query(`
      CREATE INDEX IF NOT EXISTS receipt_original_checked_ix ON receipt (tenant_id, original_checked_at, id) WHERE original_erased_at IS NULL`);
    await runner.query(`CREATE INDEX IF NOT EXISTS receipt_original_fault_ix ON receipt (tenant_id, id) WHERE original_fault IS NOT NULL`);
    await runner.query(`
      CREATE TABLE IF NOT EXISTS original_check_run (
        tenant_id uuid NOT NULL,
        day text NOT NULL,
        checked integer NOT NULL,
        faulty integer NOT NULL,
        started_at timestamptz NOT NULL,
        finished_at timestamptz,
        CONSTRAINT original_check_run_pk PRIMARY KEY (tenant_id, day),
        CONSTRAINT original_check_run_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id)
      )`);
    await protectTenantTable(runner, 'original_check_run', { api: ['SELECT'], worker: ['SELECT', 'INSERT'] });
    await runner.query(`GRANT UPDATE (checked, faulty, finished_at) ON original_check_run TO piaoyan_worker`);
  }
}
