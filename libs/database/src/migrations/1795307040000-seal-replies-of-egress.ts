import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * Each open attempt has a key under which egress keeps the reply; an ended one has none. There is no release whose open attempts would have to
 * be given one: the migration stops, undone as a whole, on a database that has such.
 */
export class SealRepliesOfEgress1795307040000 extends ForwardMigration {
  readonly name = 'SealRepliesOfEgress1795307040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE attempt ADD COLUMN IF NOT EXISTS reply_key_sealed bytea`);
    await runner.query(`
      ALTER TABLE attempt ADD CONSTRAINT attempt_reply_key_ck CHECK ((state = 'intended') = (reply_key_sealed IS NOT NULL))`);
    await runner.query(`GRANT UPDATE (reply_key_sealed) ON attempt TO piaoyan_worker`);
  }
}
