import type { Department } from '../departments/department.entity';
import type { GroupRule } from '../external/map-groups';
import type { SourceRule } from './settings/sign-in-file';

const MOST_LEVELS = 16;

/** The settings' rules with the departments that they name by paths; `unknown` are paths that lead nowhere, whose rules give roles only. */
export function groupRulesOf(
  rules: readonly SourceRule[],
  departments: readonly Pick<Department, 'id' | 'name' | 'parentId'>[],
): { rules: GroupRule[]; unknown: string[] } {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const pathOf = (id: string | null, level = 0): string[] => {
    const department = id === null || level > MOST_LEVELS ? undefined : byId.get(id);
    return department ? [...pathOf(department.parentId, level + 1), department.name] : [];
  };
  const idOf = new Map(departments.map(({ id }) => [pathOf(id).join('/'), id]));
  const mapped = rules.map(({ group, roles, department }) => {
    const departmentId = department === undefined ? undefined : idOf.get(department);
    return departmentId === undefined ? { group, roles } : { group, roles, departmentId };
  });
  const named = rules.flatMap(({ department }) => department ?? []);
  return { rules: mapped, unknown: [...new Set(named.filter((path) => !idOf.has(path)))] };
}
