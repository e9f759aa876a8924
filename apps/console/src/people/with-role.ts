import type { RoleName } from '@app/contracts';

const ADMINISTRATORS: ReadonlySet<RoleName> = new Set(['systemAdministrator', 'securityAdministrator', 'auditor']);

/** The roles with one more or one less. An administrator's role stands alone: it takes the place of all, and any takes its. */
export function withRole(roles: readonly RoleName[], role: RoleName, isHeld: boolean): RoleName[] {
  if (!isHeld) return roles.filter((one) => one !== role);
  if (ADMINISTRATORS.has(role)) return [role];
  return [...roles.filter((one) => one !== role && !ADMINISTRATORS.has(one)), role];
}
