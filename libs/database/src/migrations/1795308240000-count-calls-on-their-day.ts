import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** A call that waited beyond midnight counts on the day on which it is made: who makes it writes that day. */
export class CountCallsOnTheirDay1795308240000 extends ForwardMigration {
  readonly name = 'CountCallsOnTheirDay1795308240000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('GRANT UPDATE (counted_day) ON attempt TO piaoyan_worker');
  }
}
