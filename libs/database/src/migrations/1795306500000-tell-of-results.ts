import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * Tells on the channel `piaoyan_result` the id of a verification or a receipt that came to its end, when the transaction commits. Whoever
 * holds a request open for it looks then, rather than again and again. In the database, so that no way of ending one is forgotten.
 */
export class TellOfResults1795306500000 extends ForwardMigration {
  readonly name = 'TellOfResults1795306500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION tell_of_result() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
      BEGIN
        PERFORM pg_catalog.pg_notify('piaoyan_result', NEW.id::text);
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE TRIGGER verification_tell_of_result AFTER UPDATE OF state, finished_at ON verification
        FOR EACH ROW WHEN (OLD.finished_at IS NULL AND NEW.finished_at IS NOT NULL) EXECUTE FUNCTION tell_of_result()`);
    await runner.query(`
      CREATE TRIGGER receipt_tell_of_result AFTER UPDATE OF state ON receipt
        FOR EACH ROW WHEN (OLD.state = 'queued' AND NEW.state <> 'queued') EXECUTE FUNCTION tell_of_result()`);
  }
}
