import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** A change of the rules keeps what it would have decided otherwise; requests keep whether they named their provider, so that they can be decided again. */
export class KeepDryRuns1795307650000 extends ForwardMigration {
  readonly name = 'KeepDryRuns1795307650000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE approval ADD COLUMN IF NOT EXISTS dry_run json`);
    await runner.query(`ALTER TABLE approval ADD COLUMN IF NOT EXISTS dry_run_hash text`);
    // Null: asked before this was noted.
    await runner.query(`ALTER TABLE verification ADD COLUMN IF NOT EXISTS is_provider_named boolean`);
  }
}
