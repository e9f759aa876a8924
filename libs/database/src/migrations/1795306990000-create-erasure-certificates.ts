import type { QueryRunner } from 'typeorm';
import { ForwardMigration } from './forward-migration';

/** What says that a tenant was erased. It outlives the tenant, so it belongs to none: only the owner reaches it, to add and to read. */
export class CreateErasureCertificates1795306990000 extends ForwardMigration {
  readonly name = 'CreateErasureCertificates1795306990000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE IF NOT EXISTS erasure_certificate (
        id uuid NOT NULL,
        erased_tenant_id uuid NOT NULL,
        certificate text NOT NULL,
        algorithm text NOT NULL,
        public_key text NOT NULL,
        signature text NOT NULL,
        issued_at timestamptz NOT NULL,
        CONSTRAINT erasure_certificate_pk PRIMARY KEY (id)
      )`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION erasure_certificate_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'certificates of erasure are never changed or removed (% refused)', TG_OP USING ERRCODE = 'insufficient_privilege';
      END $$`);
    await runner.query(`
      CREATE TRIGGER erasure_certificate_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON erasure_certificate
      FOR EACH STATEMENT EXECUTE FUNCTION erasure_certificate_refuse_change()`);
    // The last entries of an erased tenant, which say so, are handed to the SIEM like all before them.
    await runner.query(`
      CREATE OR REPLACE FUNCTION audited_tenants() RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public
      AS $$ SELECT t.id FROM public.tenant t UNION SELECT c.erased_tenant_id FROM public.erasure_certificate c ORDER BY 1 $$`);
  }
}
