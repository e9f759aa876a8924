import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Requests of persons whose data a tenant holds. The name is sealed, and goes when the request ends; what was found is ids. */
export class CreateSubjectRequests1795307440000 extends ForwardMigration {
  readonly name = 'CreateSubjectRequests1795307440000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS subject_request (
        tenant_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        state text NOT NULL,
        subject_by text NOT NULL,
        subject_sealed bytea,
        reference text NOT NULL,
        purpose text NOT NULL,
        opened_by text NOT NULL,
        opened_by_name text NOT NULL,
        opened_at timestamptz NOT NULL,
        due_on text NOT NULL,
        found json,
        found_hash text,
        found_at timestamptz,
        exports json,
        export_key_sealed bytea,
        exported_at timestamptz,
        approval_id uuid,
        erased integer,
        held integer,
        left_over integer,
        closed_by text,
        closed_by_name text,
        closed_at timestamptz,
        close_reason text,
        CONSTRAINT subject_request_pk PRIMARY KEY (tenant_id, id),
        CONSTRAINT subject_request_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT subject_request_kind_ck CHECK (kind IN ('access', 'copy', 'erasure')),
        CONSTRAINT subject_request_state_ck CHECK (
          state IN ('searching', 'found', 'exporting', 'exported', 'erasing', 'done', 'failed', 'closed')),
        CONSTRAINT subject_request_by_ck CHECK (subject_by IN ('payer', 'payerCode')),
        CONSTRAINT subject_request_found_ck CHECK ((found IS NULL) = (found_hash IS NULL) AND (found IS NULL) = (found_at IS NULL)),
        CONSTRAINT subject_request_erasure_ck CHECK (state <> 'erasing' OR (kind = 'erasure' AND approval_id IS NOT NULL)),
        CONSTRAINT subject_request_ended_ck CHECK (state NOT IN ('done', 'closed') OR subject_sealed IS NULL)
      )`);
    // The api opens requests and says what is to be done next; what is found, exported and erased is the worker's to write.
    await protectTenantTable(runner, 'subject_request', { api: ['SELECT', 'INSERT'], worker: ['SELECT'] });
    await runner.query(`
      GRANT UPDATE (state, subject_sealed, approval_id, closed_by, closed_by_name, closed_at, close_reason) ON subject_request TO piaoyan_api`);
    await runner.query(`
      GRANT UPDATE (state, subject_sealed, found, found_hash, found_at, exports, export_key_sealed, exported_at, erased, held, left_over)
      ON subject_request TO piaoyan_worker`);
  }
}
