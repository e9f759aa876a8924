import { isAddressAllowed, type Role } from '@app/tenancy';
import type { RoleNetworks } from './sign-in-policy.entity';

/** Whether somebody with these roles may be at an address: it must suit each role that is bound to networks. */
export function isAllowedFrom(address: string, roles: readonly Role[], networks: readonly RoleNetworks[]): boolean {
  return networks.every((bound) => !roles.includes(bound.role) || isAddressAllowed(address, bound.networks));
}
