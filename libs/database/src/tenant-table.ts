import type { QueryRunner } from 'typeorm';

/** What a runtime role may do with a table. */
export type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/** Privileges of the two runtime roles; a role that is left out cannot see the table at all. */
export interface TableGrants {
  api?: readonly Privilege[];
  worker?: readonly Privilege[];
}

// nullif: after a transaction-local setting ends, PostgreSQL leaves '' behind, and ''::uuid would throw on the connection's next user.
const CURRENT_TENANT = `nullif(current_setting('app.tenant', true), '')::uuid`;

/**
 * Makes an existing table a tenant table: row security enabled and forced, one policy for reads and writes, and the grants.
 * Every table with a `tenant_id` goes through here; a test fails for one that did not.
 */
export async function protectTenantTable(
  runner: QueryRunner,
  table: string,
  grants: TableGrants,
  tenantColumn = 'tenant_id',
): Promise<void> {
  const condition = `${tenantColumn} = ${CURRENT_TENANT}`;
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(`CREATE POLICY ${table}_tenant_rows ON ${table} USING (${condition}) WITH CHECK (${condition})`);
  await grantTable(runner, table, grants);
}

/** Grants a table to the runtime roles. For tables without a tenant; tenant tables use `protectTenantTable`. */
export async function grantTable(runner: QueryRunner, table: string, grants: TableGrants): Promise<void> {
  if (grants.api?.length) await runner.query(`GRANT ${grants.api.join(', ')} ON ${table} TO piaoyan_api`);
  if (grants.worker?.length) await runner.query(`GRANT ${grants.worker.join(', ')} ON ${table} TO piaoyan_worker`);
}
