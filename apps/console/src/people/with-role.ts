import { holdsAdministration, type Role } from '@app/contracts';

/** The roles with one more or one less. An administrator's role stands alone: it takes the place of all, and any takes its. */
export function withRole(roles: readonly Role[], role: Role, isHeld: boolean): Role[] {
  if (!isHeld) return roles.filter((one) => one !== role);
  if (holdsAdministration([role])) return [role];
  return [...roles.filter((one) => one !== role && !holdsAdministration([one])), role];
}
