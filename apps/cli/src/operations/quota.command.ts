import { QUOTA_NAMES, QuotaKind, type QuotaLimits, type QuotasView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type QuotaAdmin, withQuotaAdmin } from '@app/tenancy';
import { Command, InvalidArgumentError } from 'commander';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

interface TenantOption {
  tenant: string;
}

/** `piaoyan quota show|set`: what a tenant may use up. */
export function quotaCommand(): Command {
  const show = new Command('show')
    .description('show what a tenant may use up, and what it has used')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: TenantOption) => print(await forTenant(tenant, (admin, context) => admin.standing(context))));
  const set = new Command('set')
    .description(`set quotas, as KIND=NUMBER or KIND=unlimited; kinds are ${QuotaKind.options.join(', ')}`)
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .argument('<quotas...>', 'such as uploadsPerDay=5000 storedBytes=unlimited')
    .action(async (quotas: string[], { tenant }: TenantOption) => {
      const changes = Object.assign({}, ...quotas.map(parseQuota)) as Partial<QuotaLimits>;
      print(await forTenant(tenant, (admin, context) => admin.set(context, changes)));
    });
  return new Command('quota').description('manage what tenants may use up').addCommand(show).addCommand(set);
}

function forTenant<T>(name: string, work: (admin: QuotaAdmin, context: TenantContext) => Promise<T>): Promise<T> {
  return withQuotaAdmin({ ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli' }, async (admin) => {
    return work(admin, { tenantId: await admin.tenantIdOf(name), actor: operator() });
  });
}

function print({ version, quotas }: QuotasView): void {
  const lines = QuotaKind.options.map((kind) => {
    const { limit, used } = quotas[kind];
    return `${kind.padEnd(16)} ${String(used).padStart(14)} of ${limit ?? 'unlimited'}  (${QUOTA_NAMES[kind].en})`;
  });
  process.stdout.write(`${[`version ${version}`, ...lines].join('\n')}\n`);
}

/** `uploadsPerDay=5000` or `storedBytes=unlimited`. */
export function parseQuota(text: string): Partial<QuotaLimits> {
  const [, name, limit] = /^([A-Za-z]+)=(\d{1,15}|unlimited)$/.exec(text) ?? [];
  const kind = QuotaKind.safeParse(name);
  if (!kind.success || limit === undefined) throw new InvalidArgumentError(`${text} is no KIND=NUMBER or KIND=unlimited`);
  return { [kind.data]: limit === 'unlimited' ? null : Number(limit) };
}
