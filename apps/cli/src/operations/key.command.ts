import { BUSINESS_SCOPES, mayBeGrantedTogether, Scope } from '@app/tenancy';
import { Command, InvalidArgumentError, Option } from 'commander';
import { asOperator } from './tenant-admin';
import { parseDays } from './valid-days';

const DAY_MS = 86_400_000;

interface KeyOptions {
  tenant: string;
  name: string;
  scopes: readonly Scope[];
  days?: number;
}

/** `piaoyan key create`: the key is printed once and exists nowhere else. */
export function keyCommand(): Command {
  const scopes = new Option('--scopes <list>', 'what the key may do')
    .argParser(parseScopes)
    .default(BUSINESS_SCOPES, 'all of the business roles');
  const create = new Command('create')
    .description('make an API key for a tenant; it is shown once')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--name <name>', 'what the key is for, such as the calling system')
    .addOption(scopes)
    .addOption(new Option('--days <n>', 'valid for so many days; without it until revoked').argParser(parseDays))
    .action(async ({ tenant, name, scopes: allowed, days }: KeyOptions) => {
      const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
      const key = { name, scopes: allowed, ...(expiresAt && { expiresAt }) };
      const { secret } = await asOperator((admin, actor) => admin.createKey(actor, tenant, key));
      process.stdout.write(`${secret}\n`);
    });
  return new Command('key').description('manage API keys').addCommand(create);
}

export function parseScopes(text: string): Scope[] {
  const scopes = text.split(',').map((name) => {
    const scope = Scope.safeParse(name.trim());
    if (!scope.success) throw new InvalidArgumentError(`scopes are ${Scope.options.join(', ')}`);
    return scope.data;
  });
  if (!mayBeGrantedTogether(scopes)) {
    throw new InvalidArgumentError(
      'one key may not unite the powers of two administrators, or of one with the business: see docs/security/roles.md',
    );
  }
  return scopes;
}
