import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** Acts that one person proposes and another one approves. docs/adr/0016 says who may. */
export class CreateApprovals1795306920000 extends ForwardMigration {
  readonly name = 'CreateApprovals1795306920000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS approval (
        tenant_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        target_type text NOT NULL,
        target_id text NOT NULL,
        payload json NOT NULL,
        payload_hash text NOT NULL,
        changes json NOT NULL,
        reason text,
        state text NOT NULL,
        proposed_by_type text NOT NULL,
        proposed_by text NOT NULL,
        proposed_by_name text NOT NULL,
        persons json NOT NULL,
        proposed_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        decided_by_type text,
        decided_by text,
        decided_by_name text,
        decision_reason text,
        decided_at timestamptz,
        CONSTRAINT approval_pk PRIMARY KEY (tenant_id, id),
        CONSTRAINT approval_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT approval_state_ck CHECK (state IN ('open', 'approved', 'rejected', 'withdrawn')),
        CONSTRAINT approval_decided_ck CHECK ((state = 'open') = (decided_by IS NULL) AND (state = 'open') = (decided_at IS NULL)),
        CONSTRAINT approval_two_persons_ck CHECK (state NOT IN ('approved', 'rejected') OR decided_by <> proposed_by)
      )`);
    await runner.query(`CREATE INDEX IF NOT EXISTS approval_payload_hash_ix ON approval (tenant_id, payload_hash)`);
    await protectTenantTable(runner, 'approval', { api: ['SELECT', 'INSERT'] });
    // What was proposed never changes, and by whom.
    await runner.query(
      `GRANT UPDATE (state, decided_by_type, decided_by, decided_by_name, decision_reason, decided_at) ON approval TO piaoyan_api`,
    );
  }
}
