import { ROLE_NAMES } from '@app/tenancy';
import Table from 'cli-table3';
import type { SeededPerson } from './seed-people';

/** Who can sign in, and by which one-time password. */
export function peopleTable(people: readonly SeededPerson[]): string {
  const table = new Table({ head: ['login', 'name', 'role', 'one-time password'], style: { head: [], border: [] } });
  for (const { login, displayName, role, oneTimePassword } of people) {
    table.push([login, displayName, `${ROLE_NAMES[role]['zh-CN']} ${ROLE_NAMES[role].en}`, oneTimePassword ?? '(changed by its owner)']);
  }
  return table.toString();
}
