import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** A package of keys that nobody fetched goes after a while, like one that was fetched; its record stays. */
export class LetKeyExportsExpire1795308200000 extends ForwardMigration {
  readonly name = 'LetKeyExportsExpire1795308200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE key_export ADD COLUMN IF NOT EXISTS expired_at timestamptz`);
    await runner.query(`ALTER TABLE key_export DROP CONSTRAINT IF EXISTS key_export_delivered_ck`);
    await runner.query(`
      ALTER TABLE key_export ADD CONSTRAINT key_export_gone_ck
      CHECK ((package_wrapped IS NULL) = (delivered_at IS NOT NULL OR expired_at IS NOT NULL))`);
    // The package itself stays unreadable for the worker: it lets it go by what it may see.
    await runner.query(
      `GRANT SELECT (tenant_id, id, recipient, sha256, created_at, delivered_at, expired_at) ON key_export TO piaoyan_worker`,
    );
    await runner.query(`GRANT UPDATE (package_wrapped, expired_at) ON key_export TO piaoyan_worker`);
  }
}
