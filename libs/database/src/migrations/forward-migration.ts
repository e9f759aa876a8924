import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A step of the schema. Steps only go forward: going back means restoring the backup taken before the upgrade. */
export abstract class ForwardMigration implements MigrationInterface {
  /** Class name and timestamp in milliseconds, as TypeORM records it. */
  abstract readonly name: string;

  abstract up(runner: QueryRunner): Promise<void>;

  down(): Promise<void> {
    return Promise.reject(new Error(`${this.name} cannot be undone: restore the backup taken before the upgrade`));
  }
}
