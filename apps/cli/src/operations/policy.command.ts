import { ProviderId } from '@app/contracts';
import type { FailoverPolicy, PolicyTerms, StandingPolicy } from '@app/verification';
import { Command, InvalidArgumentError, Option } from 'commander';
import { shown } from './approval.command';
import { dryRunTable } from './dry-run-table';
import { asVerificationOperator } from './verification-admin';

const FAILOVER: readonly FailoverPolicy[] = ['off', 'on', 'wide'];

/** Commander takes a bare null for a parser that failed. */
interface Boxed<T> {
  value: T | null;
}
const boxed =
  <T>(parse: (text: string) => T | null) =>
  (text: string): Boxed<T> => ({ value: parse(text) });

interface PolicyOptions {
  tenant: string;
  provider?: Boxed<ProviderId>;
  failover?: FailoverPolicy;
  dailyQuota?: Boxed<number>;
  monthlyBudget?: Boxed<bigint>;
  implausible?: 'warn' | 'refuse';
  settlementLimit?: Boxed<bigint>;
  reason?: string;
  dryRun?: boolean;
}

/** `piaoyan policy set|show`: what a tenant allows its verifications. */
export function policyCommand(): Command {
  const set = new Command('set')
    .description('change what a tenant allows its verifications; what is not named stays')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .addOption(new Option('--provider <id>', 'asked when a request names none, or "default"').argParser(boxed(parseProvider)))
    .addOption(new Option('--failover <when>', 'ask another provider after a surely uncharged failure').choices(FAILOVER))
    .addOption(new Option('--daily-quota <n>', 'calls a day, or "none"').argParser(boxed(parseQuota)))
    .addOption(new Option('--monthly-budget <yuan>', 'yuan a month with at most two decimals, or "none"').argParser(boxed(parseYuan)))
    .addOption(new Option('--implausible <what>', 'elements that are odd, such as a code of another year').choices(['warn', 'refuse']))
    .addOption(
      new Option(
        '--settlement-limit <yuan>',
        'yuan that one person may settle by hand in a day, or "none" for the installation\'s limit',
      ).argParser(boxed(parseYuan)),
    )
    .option('--reason <text>', 'why')
    .option('--dry-run', 'only say what the change would have decided otherwise of the requests of late: nothing is changed or proposed')
    .action(async ({ tenant, dryRun = false, ...options }: PolicyOptions) => {
      if (dryRun) return tryOut(tenant, changesOf(options));
      const { terms, approval } = await asVerificationOperator((admin, actor) =>
        admin.setPolicy(actor, tenant, changesOf(options), options.reason ?? null),
      );
      if (approval !== null) process.stdout.write(`proposed: a second person must approve it in the console\n${shown(approval)}\n`);
      print(terms);
    });
  const show = new Command('show')
    .description('show what a tenant allows its verifications')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: PolicyOptions) => {
      print(await asVerificationOperator((admin, actor) => admin.policyOf(actor, tenant)));
    });
  return new Command('policy').description('manage what tenants allow their verifications').addCommand(set).addCommand(show);
}

async function tryOut(tenant: string, changes: Partial<PolicyTerms>): Promise<void> {
  const found = await asVerificationOperator((admin, actor) => admin.tryPolicy(actor, tenant, changes));
  process.stdout.write(`${dryRunTable(found)}\n`);
}

function changesOf(options: Omit<PolicyOptions, 'tenant' | 'dryRun'>): Partial<PolicyTerms> {
  return {
    ...(options.provider !== undefined && { provider: options.provider.value }),
    ...(options.failover !== undefined && { failover: options.failover }),
    ...(options.dailyQuota !== undefined && { dailyQuota: options.dailyQuota.value }),
    ...(options.monthlyBudget !== undefined && { monthlyBudgetFen: options.monthlyBudget.value }),
    ...(options.implausible !== undefined && { onImplausible: options.implausible }),
    ...(options.settlementLimit !== undefined && { settlementLimitFen: options.settlementLimit.value }),
  };
}

function print({ version, provider, failover, dailyQuota, monthlyBudgetFen, onImplausible, settlementLimitFen }: StandingPolicy): void {
  const lines = [
    `provider        ${provider ?? 'default'}`,
    `failover        ${failover}`,
    `daily quota     ${dailyQuota ?? 'none'}`,
    `monthly budget  ${yuanOf(monthlyBudgetFen)}`,
    `implausible     ${onImplausible}`,
    `settled alone   ${yuanOf(settlementLimitFen)}`,
    `version         ${version}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

function yuanOf(fen: bigint | null): string {
  return fen === null ? 'none' : `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;
}

/** A provider's id, or null for `default`. */
export function parseProvider(text: string): ProviderId | null {
  if (text === 'default') return null;
  const provider = ProviderId.safeParse(text);
  if (!provider.success) throw new InvalidArgumentError(`providers are ${ProviderId.options.join(', ')}`);
  return provider.data;
}

/** A whole number, or null for `none`. */
export function parseQuota(text: string): number | null {
  if (text === 'none') return null;
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('give a whole number of calls, or none');
  return Number(text);
}

/** Yuan as 分, or null for `none`. */
export function parseYuan(text: string): bigint | null {
  if (text === 'none') return null;
  const match = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text);
  if (match === null) throw new InvalidArgumentError('give yuan with at most two decimals, or none');
  const [, yuan = '0', decimals = ''] = match;
  return BigInt(yuan) * 100n + BigInt(decimals.padEnd(2, '0'));
}
