import { ProblemError } from '@app/contracts';
import type { TenantContext } from '@app/database';
import type { Stack } from '@app/devstack';
import { type User, type Users, type UserWithPassword, withUserAdmin } from '@app/identity';
import type { Role } from '@app/tenancy';
import { OPERATOR, TENANT } from './seed-tenant';

/** Somebody of the demo; `oneTimePassword` is null for whoever has signed in and so has a password of their own. */
export interface SeededPerson {
  login: string;
  displayName: string;
  role: Role;
  oneTimePassword: string | null;
}

/** The three administrators and each business role; two accountants, since one approves what the other proposes. */
const PEOPLE: readonly Omit<SeededPerson, 'oneTimePassword'>[] = [
  { login: 'zhou.wei', displayName: '周伟', role: 'systemAdministrator' },
  { login: 'wu.min', displayName: '吴敏', role: 'securityAdministrator' },
  { login: 'zheng.li', displayName: '郑丽', role: 'auditor' },
  { login: 'li.na', displayName: '李娜', role: 'clerk' },
  { login: 'wang.fang', displayName: '王芳', role: 'reviewer' },
  { login: 'chen.jing', displayName: '陈静', role: 'accountant' },
  { login: 'liu.yang', displayName: '刘洋', role: 'accountant' },
  { login: 'zhao.lei', displayName: '赵磊', role: 'integrator' },
];

/** Makes the demo's people. No password is kept here: whoever has not signed in yet gets another one at each start. */
export async function seedPeople({ database: { ownerUrl }, hashKey, masterKey }: Stack): Promise<SeededPerson[]> {
  const access = { ownerUrl, hashKey, masterKey, suite: 'standard', applicationName: 'piaoyan-demo' } as const;
  return withUserAdmin({ ...access, tenantName: TENANT, actor: OPERATOR }, async (users, tenant) => {
    const seeded: SeededPerson[] = [];
    for (const person of PEOPLE) seeded.push({ ...person, oneTimePassword: await passwordOf(users, tenant, person) });
    return seeded;
  });
}

async function passwordOf(
  users: Users,
  tenant: TenantContext,
  { login, displayName, role }: (typeof PEOPLE)[number],
): Promise<string | null> {
  const user = await users.byLogin(tenant, login).catch(unlessMissing);
  if (user === undefined) return (await users.create(tenant, { login, displayName }, [role])).oneTimePassword;
  return user.lastSignInAt === null ? (await renewed(users, tenant, user)).oneTimePassword : null;
}

function renewed(users: Users, tenant: TenantContext, { id }: User): Promise<UserWithPassword> {
  return users.resetPassword(tenant, id);
}

function unlessMissing(error: unknown): undefined {
  if (!(error instanceof ProblemError) || error.code !== 'not-found') throw error;
}
