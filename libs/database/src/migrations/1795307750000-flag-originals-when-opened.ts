import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Whoever opens an original that is damaged or lost flags it; that it is sound again, the check alone says. */
export class FlagOriginalsWhenOpened1795307750000 extends ForwardMigration {
  readonly name = 'FlagOriginalsWhenOpened1795307750000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT UPDATE (original_fault, original_fault_at) ON receipt TO piaoyan_api`);
  }
}
