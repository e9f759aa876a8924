import { mayBeHeldTogether, type Role } from '@app/tenancy';

/** What membership of one group of the directory or provider means here. */
export interface GroupRule {
  /** Name of the group, or its distinguished name; compared without regard to case. */
  group: string;
  roles: readonly Role[];
  /** The department that members belong to; of several rules the first one decides. */
  departmentId?: string;
}

/** What a person gets, or why nothing: administrators' roles stand alone, and no choice between them is made for anybody. */
export type GroupMapping =
  { roles: Role[]; departmentId: string | null; refused?: undefined } | { refused: 'rolesExclusive'; roles: Role[] };

/** Draws roles and department from the groups of a person. Whoever is in no group that a rule names gets no role. */
export function mapGroups(groups: readonly string[], rules: readonly GroupRule[]): GroupMapping {
  const held = new Set(groups.map(nameOf));
  const matching = rules.filter(({ group }) => held.has(nameOf(group)));
  const roles = [...new Set(matching.flatMap((rule) => rule.roles))].sort();
  if (!mayBeHeldTogether(roles)) return { refused: 'rolesExclusive', roles };
  return { roles, departmentId: matching.find(({ departmentId }) => departmentId !== undefined)?.departmentId ?? null };
}

const nameOf = (group: string): string => group.normalize('NFKC').trim().toLowerCase();
