import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Of which form the picture of each page is; the pictures themselves lie in the object store beside the original. */
export class AddPagePictures1795305900000 extends ForwardMigration {
  readonly name = 'AddPagePictures1795305900000';

  async up(runner: QueryRunner): Promise<void> {
    // NULL until read, and for what was read before there were any.
    await runner.query(`ALTER TABLE receipt ADD COLUMN IF NOT EXISTS page_pictures text[]`);
    await runner.query(`GRANT UPDATE (page_pictures) ON receipt TO piaoyan_worker`);
  }
}
