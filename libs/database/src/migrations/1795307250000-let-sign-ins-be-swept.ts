import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** The worker clears away what signing in leaves behind. It sees whose a session was and how old it is, and nothing that opens one. */
export class LetSignInsBeSwept1795307250000 extends ForwardMigration {
  readonly name = 'LetSignInsBeSwept1795307250000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT SELECT (id, tenant_id, user_id, opened_at), DELETE ON user_session TO piaoyan_worker`);
    await runner.query(`GRANT SELECT (tenant_id, user_id, address_hash, succeeded_at), DELETE ON known_place TO piaoyan_worker`);
    await runner.query(`GRANT SELECT (address_hash, window_ends_at), DELETE ON sign_in_throttle TO piaoyan_worker`);
  }
}
