import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Uploaded receipts and their readings. */
export class CreateReceipts1795305720000 extends ForwardMigration {
  readonly name = 'CreateReceipts1795305720000';

  async up(runner: QueryRunner): Promise<void> {
    // The key of two columns also serves the newest-first list: ids are UUIDv7, so they sort by time of arrival.
    await runner.query(`
      CREATE TABLE IF NOT EXISTS receipt (
        tenant_id uuid NOT NULL,
        id uuid NOT NULL,
        file_name text NOT NULL,
        media_type text NOT NULL,
        byte_size integer NOT NULL,
        sha256 text NOT NULL,
        object_key text NOT NULL,
        state text NOT NULL,
        failure_code text,
        reading json,
        created_by text NOT NULL,
        created_at timestamptz NOT NULL,
        read_at timestamptz,
        CONSTRAINT receipt_pk PRIMARY KEY (tenant_id, id),
        CONSTRAINT receipt_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT receipt_state_ck CHECK (state IN ('queued', 'read', 'failed')),
        CONSTRAINT receipt_reading_ck CHECK ((state = 'read') = (reading IS NOT NULL)),
        CONSTRAINT receipt_failure_code_ck CHECK ((state = 'failed') = (failure_code IS NOT NULL))
      )`);
    await protectTenantTable(runner, 'receipt', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
    await runner.query(`GRANT UPDATE (state, failure_code, reading, read_at) ON receipt TO piaoyan_worker`);
  }
}
