import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** What a bill's original is, and where the paper is kept (归档位置). */
export class TellWhereOriginalsAre1795307570000 extends ForwardMigration {
  readonly name = 'TellWhereOriginalsAre1795307570000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE bill
        ADD COLUMN IF NOT EXISTS original_kind text,
        ADD COLUMN IF NOT EXISTS archive_location text,
        ADD CONSTRAINT bill_original_kind_ck CHECK (original_kind IN ('electronic', 'paper')),
        ADD CONSTRAINT bill_archive_location_ck CHECK (archive_location IS NULL OR original_kind IS NOT NULL)`);
    await runner.query(`GRANT UPDATE (original_kind, archive_location) ON bill TO piaoyan_api`);
    await runner.query(`
      CREATE INDEX IF NOT EXISTS bill_archive_location_ix ON bill (tenant_id, archive_location) WHERE archive_location IS NOT NULL`);
  }
}
