import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** What the provider said, kept whole: its task number for reconciliation, and its raw reply, sealed. */
export class KeepProviderReplies1795306080000 extends ForwardMigration {
  readonly name = 'KeepProviderReplies1795306080000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE attempt ADD COLUMN IF NOT EXISTS provider_task_number text`);
    await runner.query(`GRANT UPDATE (provider_task_number) ON attempt TO piaoyan_worker`);
    await runner.query(`
      CREATE TABLE IF NOT EXISTS provider_reply (
        tenant_id uuid NOT NULL,
        attempt_id uuid NOT NULL,
        http_status integer NOT NULL,
        content_type text NOT NULL,
        body_sealed bytea NOT NULL,
        alerts text[] NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT provider_reply_pk PRIMARY KEY (tenant_id, attempt_id),
        CONSTRAINT provider_reply_attempt_id_fk FOREIGN KEY (tenant_id, attempt_id) REFERENCES attempt (tenant_id, id)
      )`);
    await protectTenantTable(runner, 'provider_reply', { worker: ['SELECT', 'INSERT'] });
  }
}
