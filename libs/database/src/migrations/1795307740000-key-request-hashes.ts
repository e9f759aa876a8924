import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * Hashes of requests were under no key: whoever had a copy of the database could try check codes against them until one fitted. SQL has no key
 * to hash again with, so what stands goes, rewritten out of the pages of the table, whatever row security says. An idempotency key of before is
 * then refused as used for another request, and nothing is asked twice.
 */
export class KeyRequestHashes1795307740000 extends ForwardMigration {
  readonly name = 'KeyRequestHashes1795307740000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE verification ALTER COLUMN request_hash TYPE text USING NULL::text`);
    await runner.query(`ALTER TABLE verification_batch ALTER COLUMN request_hash TYPE text USING ''::text`);
  }
}
