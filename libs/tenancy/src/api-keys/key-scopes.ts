import { Role, SCOPES_OF_ROLE } from '../role';
import { Scope } from '../scope';

const ADMINISTRATORS = ['systemAdministrator', 'securityAdministrator', 'auditor'] as const satisfies readonly Role[];

const BUSINESS: ReadonlySet<Scope> = new Set(
  Role.options.filter((role) => !ADMINISTRATORS.some((one) => one === role)).flatMap((role) => SCOPES_OF_ROLE[role]),
);

/** The scopes of the business roles: what a key may be given through the API, and what it has when an operator names none. */
export const BUSINESS_SCOPES: readonly Scope[] = Scope.options.filter((scope) => BUSINESS.has(scope));

/** The scopes among these that a maker with `held` may not give to a key: what it does not hold itself, and what only administrators have. */
export function scopesBeyond(held: ReadonlySet<Scope>, wanted: readonly Scope[]): Scope[] {
  return wanted.filter((scope) => !held.has(scope) || !BUSINESS.has(scope));
}

/**
 * Whether one key may hold these scopes together. What only administrators have (三权分立) must be of one of the three: no key is
 * system administrator and auditor at once.
 */
export function mayBeInOneKey(scopes: readonly Scope[]): boolean {
  const powers = scopes.filter((scope) => !BUSINESS.has(scope) && ADMINISTRATORS.some((role) => SCOPES_OF_ROLE[role].includes(scope)));
  return powers.length === 0 || ADMINISTRATORS.some((role) => powers.every((scope) => SCOPES_OF_ROLE[role].includes(scope)));
}
