import { isLocked, type User, type Users } from '@app/identity';
import type { TenantContext } from '@app/database';
import { Login, ProblemError } from '@app/contracts';
import { mayBeHeldTogether, Role } from '@app/tenancy';
import { Command, InvalidArgumentError, Option } from 'commander';
import { asUserOperator } from './user-admin';

interface CreateOptions {
  tenant: string;
  login: string;
  name?: string;
  role: Role[];
}

const PAGE = 200;

/** `piaoyan user …`: makes the first administrators of a tenant, and helps where nobody else can. */
export function userCommand(): Command {
  const act = (name: string, description: string, work: (users: Users, tenant: TenantContext, user: User) => Promise<string | undefined>) =>
    new Command(name)
      .description(description)
      .requiredOption('--tenant <name>', 'the tenant, by its name')
      .requiredOption('--login <login>', 'the user, by what they sign in with')
      .action(async ({ tenant, login }: { tenant: string; login: string }) => {
        const shown = await asUserOperator(tenant, async (users, context) => work(users, context, await byLogin(users, context, login)));
        if (shown !== undefined) process.stdout.write(`${shown}\n`);
      });
  return new Command('user')
    .description('manage people; everyday work is done in the console')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(
      act('disable', 'let a user in no more, and end all sessions', async (users, tenant, { id }) => {
        await users.change(tenant, id, { state: 'disabled' });
        return undefined;
      }),
    )
    .addCommand(
      act('enable', 'let a disabled user in again', async (users, tenant, { id }) => {
        await users.change(tenant, id, { state: 'active' });
        return undefined;
      }),
    )
    .addCommand(
      act('unlock', 'forget wrong guesses', async (users, tenant, { id }) => {
        await users.unlock(tenant, id);
        return undefined;
      }),
    )
    .addCommand(
      act('reset-password', 'give a one-time password, which is shown once', async (users, tenant, { id }) => {
        return (await users.resetPassword(tenant, id)).oneTimePassword;
      }),
    )
    .addCommand(
      act('reset-totp', 'take a lost second factor away', async (users, tenant, { id }) => {
        await users.resetSecondFactor(tenant, id);
        return undefined;
      }),
    )
    .addCommand(allowAnywhereCommand());
}

function allowAnywhereCommand(): Command {
  return new Command('allow-anywhere')
    .description('let people of all roles sign in from anywhere again, when the networks of the roles keep everybody out')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: { tenant: string }) => {
      await asUserOperator(tenant, (_users, context, policies) => policies.allowAnywhere(context));
    });
}

function createCommand(): Command {
  return new Command('create')
    .description('make a user; the one-time password is shown once and must be changed at the first sign-in')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .addOption(new Option('--login <login>', 'what the user signs in with').argParser(parseLogin).makeOptionMandatory())
    .option('--name <name>', 'as people know the user; without it the login')
    .addOption(
      new Option('--role <role>', `may be given several times: ${Role.options.join(', ')}`).argParser(collectRole).makeOptionMandatory(),
    )
    .action(async ({ tenant, login, name, role }: CreateOptions) => {
      const made = await asUserOperator(tenant, (users, context) => users.create(context, { login, displayName: name ?? login }, role));
      process.stdout.write(`${made.oneTimePassword}\n`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('the users of a tenant, one a line, parted by tabs')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: { tenant: string }) => {
      await asUserOperator(tenant, async (users, context) => {
        for (
          let after: string | undefined, page;
          (page = await users.page(context, { limit: PAGE, after })).length > 0;
          after = page.at(-1)?.login
        ) {
          for (const user of page) process.stdout.write(`${lineOf(user)}\n`);
        }
      });
    });
}

async function byLogin(users: Users, tenant: TenantContext, login: string): Promise<User> {
  try {
    return await users.byLogin(tenant, login);
  } catch (error) {
    throw error instanceof ProblemError && error.code === 'not-found' ? new Error(`there is no user with the login "${login}"`) : error;
  }
}

function lineOf({ login, displayName, source, state, roles, lockedUntil, failedCount, lastSignInAt }: User): string {
  const isShut = state === 'active' && isLocked({ failedCount, lockedUntil }, new Date());
  return [
    login,
    displayName,
    source,
    isShut ? 'locked' : state,
    roles.join(' ') || 'no role',
    `last sign-in ${lastSignInAt?.toISOString() ?? '-'}`,
  ].join('\t');
}

function parseLogin(text: string): string {
  const login = Login.safeParse(text);
  if (!login.success) throw new InvalidArgumentError('a login is made of letters, digits and . _ @ -');
  return login.data;
}

function collectRole(text: string, before: Role[] = []): Role[] {
  const role = Role.safeParse(text);
  if (!role.success) throw new InvalidArgumentError(`roles are ${Role.options.join(', ')}`);
  const roles = [...before, role.data];
  if (!mayBeHeldTogether(roles)) throw new InvalidArgumentError("an administrator's role stands alone");
  return roles;
}
