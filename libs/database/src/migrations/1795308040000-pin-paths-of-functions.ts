import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/**
 * A path that does not name `pg_temp` is searched behind it: whoever asks could put a temporary table of their own in the place of one that a
 * function reads, such as the records by which rows of the audit may go. Named last, it takes no table's place.
 */
export class PinPathsOfFunctions1795308040000 extends ForwardMigration {
  readonly name = 'PinPathsOfFunctions1795308040000';

  async up(runner: QueryRunner): Promise<void> {
    const functions = (await runner.query(
      `SELECT p.oid::regprocedure::text AS signature FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
       WHERE n.nspname = 'public' AND p.proconfig @> ARRAY['search_path=pg_catalog, public'] ORDER BY 1`,
    )) as unknown as { signature: string }[];
    for (const { signature } of functions) {
      await runner.query(`ALTER FUNCTION ${signature} SET search_path = pg_catalog, public, pg_temp`);
    }
  }
}
