import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Entries also say with which roles, from where and in which request something was done, and whether it was; and they can be searched. */
export class TellMoreInAudit1795306740000 extends ForwardMigration {
  readonly name = 'TellMoreInAudit1795306740000';

  async up(runner: QueryRunner): Promise<void> {
    // A constant default is no rewrite of the table, and entries of the release before, which name no outcome, are what it says: acts that were done.
    await runner.query(`
      ALTER TABLE audit_entry
        ADD COLUMN IF NOT EXISTS outcome text NOT NULL DEFAULT 'success' CONSTRAINT audit_entry_outcome_ck CHECK (outcome IN ('success', 'failure')),
        ADD COLUMN IF NOT EXISTS actor_roles text,
        ADD COLUMN IF NOT EXISTS request_id text,
        ADD COLUMN IF NOT EXISTS client_address text,
        ADD COLUMN IF NOT EXISTS user_agent text`);
    for (const [name, columns] of SEARCHED) {
      await runner.query(
        `CREATE INDEX IF NOT EXISTS audit_entry_tenant_id_${name}_ix ON audit_entry (tenant_id, ${columns}recorded_at, id)`,
      );
    }
    // Refusals are few, and are what is looked for.
    await runner.query(
      `CREATE INDEX IF NOT EXISTS audit_entry_tenant_id_failure_ix ON audit_entry (tenant_id, recorded_at, id) WHERE outcome = 'failure'`,
    );
    // The larger part of a worker's entries has no request.
    await runner.query(
      `CREATE INDEX IF NOT EXISTS audit_entry_tenant_id_request_id_ix ON audit_entry (tenant_id, request_id) WHERE request_id IS NOT NULL`,
    );
  }
}

/** Each ends in the order of the pages, so that a page is a range of its index however many entries match. */
const SEARCHED = [
  ['recorded_at', ''],
  ['action', 'action, '],
  ['actor_id', 'actor_id, '],
] as const;
