import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** What one person may settle by hand in a day is a rule of the tenant, changed by two like the others. Null: the installation's own limit. */
export class LimitSettlementByRule1795307640000 extends ForwardMigration {
  readonly name = 'LimitSettlementByRule1795307640000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of ['verification_policy', 'verification_policy_version']) {
      await runner.query(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS settlement_limit_fen bigint`);
    }
    await runner.query(`GRANT UPDATE (settlement_limit_fen) ON verification_policy TO piaoyan_api`);
  }
}
