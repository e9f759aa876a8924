import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Evidence holds the provider's reply as it came, and the api makes it. Replies are sealed: without the master key they are noise. */
export class LetEvidenceHoldReplies1795306760000 extends ForwardMigration {
  readonly name = 'LetEvidenceHoldReplies1795306760000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`GRANT SELECT ON provider_reply TO piaoyan_api`);
  }
}
