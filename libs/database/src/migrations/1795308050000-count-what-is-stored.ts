import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * What tenants stored before there were quotas counts too: else a bound would let through more than it says, and erasing what was never counted
 * would free room that others take.
 */
export class CountWhatIsStored1795308050000 extends ForwardMigration {
  readonly name = 'CountWhatIsStored1795308050000';

  async up(runner: QueryRunner): Promise<void> {
    // Row security binds the owner too, and there is no tenant here: it is lifted for one statement, within the migration's transaction.
    for (const table of ['receipt', 'quota_use']) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      INSERT INTO quota_use (tenant_id, kind, period, used)
      SELECT tenant_id, 'storedBytes', 'all', sum(byte_size) FROM receipt WHERE original_erased_at IS NULL GROUP BY tenant_id
      ON CONFLICT (tenant_id, kind, period) DO UPDATE SET used = excluded.used`);
    for (const table of ['receipt', 'quota_use']) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }
}
