import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** What was left of data that has served its time: cells of batches that are over, and proposals that came to nothing. */
export class LetLeftoversBeSwept1795307450000 extends ForwardMigration {
  readonly name = 'LetLeftoversBeSwept1795307450000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE verification_batch_row ALTER COLUMN content_sealed DROP NOT NULL`);
    await runner.query(`
      ALTER TABLE verification_batch
        ADD COLUMN IF NOT EXISTS content_erased_at timestamptz,
        ADD COLUMN IF NOT EXISTS content_erased_by text`);
    await runner.query(`GRANT UPDATE (content_sealed) ON verification_batch_row TO piaoyan_worker`);
    await runner.query(`GRANT UPDATE (file_name_sealed, content_erased_at, content_erased_by) ON verification_batch TO piaoyan_worker`);
    await runner.query(`GRANT SELECT (tenant_id, id, state, decided_at, expires_at), DELETE ON approval TO piaoyan_worker`);
    // Row security lets nobody delete what was approved: policies and bookings are proven by it.
    await runner.query(`
      CREATE POLICY approval_kept_rows ON approval AS RESTRICTIVE FOR DELETE TO piaoyan_worker
      USING (state IN ('rejected', 'withdrawn') OR (state = 'open' AND expires_at < now()))`);
  }
}
