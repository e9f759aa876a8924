import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Takes the function away by which the release before the last looked for keys: `api_key_presented` took its place. */
export class DropApiKeyByHash1795307340000 extends ForwardMigration {
  readonly name = 'DropApiKeyByHash1795307340000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION IF EXISTS api_key_by_hash(bytea)');
  }
}
