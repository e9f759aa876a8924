import { type RetentionDays, RetentionClass } from '@app/contracts';
import { type RetentionDesk, withRetentionDesk } from '@app/privacy';
import type { TenantContext } from '@app/database';
import { Command, InvalidArgumentError } from 'commander';
import { atDesk, shown } from './approval.command';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

interface TenantOption {
  tenant: string;
}

/** `piaoyan retention show|set|preview|run`: how long a tenant keeps what. */
export function retentionCommand(): Command {
  const show = new Command('show')
    .description('show after how many days each class of data is erased')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: TenantOption) => {
      const { version, days } = await forTenant(tenant, (desk, context) => desk.settings.current(context));
      print(`version ${version}`, days);
    });
  const set = new Command('set')
    .description(`set periods, as CLASS=DAYS or CLASS=never; classes are ${RetentionClass.options.slice(1).join(', ')}`)
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .argument('<periods...>', 'such as detail=180 original=never')
    .action(async (periods: string[], { tenant }: TenantOption) => {
      const changes = Object.assign({}, ...periods.map(parsePeriod)) as Partial<RetentionDays>;
      const isAlone = await atDesk(tenant, ({ approvals }, context) => approvals.isAlone(context, 'retention.set'));
      if (isAlone) await setAlone(tenant, changes);
      else await propose(tenant, changes);
    });
  const preview = new Command('preview')
    .description('count what a run would erase now; nothing is erased')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: TenantOption) => {
      const { version, due } = await forTenant(tenant, async (desk, context) => {
        return (await desk.previews(keyringAccess())).preview(context);
      });
      print(`version ${version}`, due);
    });
  const run = new Command('run')
    .description('have the worker erase now what is due, beside its daily run')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: TenantOption) => {
      await forTenant(tenant, (desk, context) => desk.runNow(context));
      process.stdout.write('queued\n');
    });
  const command = new Command('retention').description('manage how long tenants keep what');
  return [show, set, preview, run].reduce((all, one) => all.addCommand(one), command);
}

async function setAlone(tenant: string, changes: Partial<RetentionDays>): Promise<void> {
  const { version, days } = await forTenant(tenant, async ({ settings }, context) => {
    return settings.set(context, { basedOn: (await settings.current(context)).version, days: changes });
  });
  print(`version ${version}`, days);
}

/** A tenant with two persons who may decide: a shorter period erases what nobody can bring back, and no operator sets it alone. */
async function propose(tenant: string, days: Partial<RetentionDays>): Promise<void> {
  const { version } = await forTenant(tenant, ({ settings }, context) => settings.current(context));
  const approval = await atDesk(tenant, ({ approvals }, context) => {
    const payload = { basedOn: version, days };
    return approvals.propose(context, { kind: 'retention.set', payload, target: { type: 'tenant', id: context.tenantId }, reason: null });
  });
  process.stdout.write(`proposed: a second person must approve it in the console\n${shown(approval)}\n`);
}

function forTenant<T>(name: string, work: (desk: RetentionDesk, context: TenantContext) => Promise<T>): Promise<T> {
  return withRetentionDesk({ ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli' }, async (desk) => {
    return work(desk, { tenantId: await desk.tenantIdOf(name), actor: operator() });
  });
}

function print(head: string, values: Readonly<Record<string, number | null>>): void {
  const lines = Object.entries(values).map(([name, value]) => `${name.padEnd(10)} ${value ?? 'never'}`);
  process.stdout.write(`${[head, ...lines].join('\n')}\n`);
}

/** `detail=180` or `original=never`. */
export function parsePeriod(text: string): Partial<RetentionDays> {
  const [, name, days] = /^([a-z]+)=(\d{1,5}|never)$/.exec(text) ?? [];
  const known = RetentionClass.safeParse(name);
  if (!known.success || days === undefined) throw new InvalidArgumentError(`${text} is no CLASS=DAYS or CLASS=never`);
  return { [known.data]: days === 'never' ? null : Number(days) };
}
