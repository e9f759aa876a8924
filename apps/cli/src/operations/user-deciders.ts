import { Deciders } from '@app/approvals';
import type { Tx } from '@app/database';
import { Role, type Scope, SCOPES_OF_ROLE } from '@app/tenancy';

/** Counts the users who could be the second person. */
export class UserDeciders extends Deciders {
  async count(tx: Tx, scopes: readonly Scope[]): Promise<number> {
    const rows: { roles: string[] }[] = await tx.manager.query(`select roles from user_account where tenant_id = $1 and state = 'active'`, [
      tx.tenant.tenantId,
    ]);
    return rows.filter(({ roles }) => holdsAll(roles, scopes)).length;
  }
}

function holdsAll(roles: readonly string[], scopes: readonly Scope[]): boolean {
  const held = new Set(roles.flatMap((role) => SCOPES_OF_ROLE[Role.parse(role)]));
  return scopes.every((scope) => held.has(scope));
}
