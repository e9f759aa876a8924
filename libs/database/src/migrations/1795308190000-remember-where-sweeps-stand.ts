import type { QueryRunner } from 'typeorm';
import { protectTenantTable } from '../tenant-table';
import { ForwardMigration } from './forward-migration';

/** How far a tenant's objects were looked at: the next day's sweep goes on there, so that every object of a large store is reached. */
export class RememberWhereSweepsStand1795308190000 extends ForwardMigration {
  readonly name = 'RememberWhereSweepsStand1795308190000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS object_sweep (
        tenant_id uuid NOT NULL,
        kind text NOT NULL,
        shard smallint NOT NULL,
        after_key text,
        moved_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT object_sweep_pk PRIMARY KEY (tenant_id),
        CONSTRAINT object_sweep_tenant_id_fk FOREIGN KEY (tenant_id) REFERENCES tenant (id),
        CONSTRAINT object_sweep_shard_ck CHECK (shard >= 0 AND shard <= 255)
      )`);
    await protectTenantTable(runner, 'object_sweep', { worker: ['SELECT', 'INSERT', 'UPDATE'] });
  }
}
