import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** Acts of the installation are sealed in a chain of their own, under an id that no tenant can have. */
export class AuditTheInstallation1795307160000 extends ForwardMigration {
  readonly name = 'AuditTheInstallation1795307160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `ALTER TABLE tenant ADD CONSTRAINT tenant_id_reserved_ck CHECK (id <> '00000000-0000-0000-0000-000000000000'::uuid)`,
    );
    await runner.query(`
      CREATE OR REPLACE FUNCTION audited_tenants() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
      AS $$ SELECT t.id FROM public.tenant t UNION SELECT c.erased_tenant_id FROM public.erasure_certificate c
            UNION SELECT '00000000-0000-0000-0000-000000000000'::uuid ORDER BY 1 $$`);
  }
}
