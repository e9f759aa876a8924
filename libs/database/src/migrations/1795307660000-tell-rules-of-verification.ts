import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Each verification names the version of the product's own rules, beside that of its tenant's. Null: asked before there were versions. */
export class TellRulesOfVerification1795307660000 extends ForwardMigration {
  readonly name = 'TellRulesOfVerification1795307660000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE verification ADD COLUMN IF NOT EXISTS rules_version integer`);
  }
}
