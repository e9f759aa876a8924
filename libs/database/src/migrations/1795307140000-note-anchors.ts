import type { QueryRunner } from 'typeorm';
import { grantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** When each place for anchors last took them, and since when it does not. Of the installation: an anchor names no entry. */
export class NoteAnchors1795307140000 extends ForwardMigration {
  readonly name = 'NoteAnchors1795307140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS audit_anchoring (
        sink text NOT NULL,
        heads integer NOT NULL,
        written_at timestamptz,
        failing_since timestamptz,
        failure text,
        CONSTRAINT audit_anchoring_pk PRIMARY KEY (sink)
      )`);
    await grantTable(runner, 'audit_anchoring', { api: ['SELECT'], worker: ['SELECT', 'INSERT', 'UPDATE'] });
  }
}
