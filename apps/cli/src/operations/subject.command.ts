import { CliConfig, ConfigError, parseConfig } from '@app/config';
import type { TenantContext } from '@app/database';
import { type SubjectRequests, withRetentionDesk } from '@app/privacy';
import { FileObjectStore } from '@app/storage';
import { Command } from 'commander';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

interface SubjectOptions {
  tenant: string;
  payer: string;
  confirm?: string;
}

/** `piaoyan subject find|erase`: requests of persons whose data a tenant holds. */
export function subjectCommand(): Command {
  const find = new Command('find')
    .description('count the records that name exactly this payer, and list their ids')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--payer <name>', 'the name, letter by letter as on the bill')
    .action(async ({ tenant, payer }: SubjectOptions) => {
      print(await forSubject(tenant, (requests, context) => requests.find(context, payer)));
    });
  const erase = new Command('erase')
    .description('erase originals, readings and details that name exactly this payer, but what is under a legal hold')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--payer <name>', 'the name, letter by letter as on the bill')
    .requiredOption('--confirm <name>', 'the name once more, typed by hand')
    .action(async ({ tenant, payer, confirm }: SubjectOptions) => {
      if (confirm !== payer) throw new Error('the two names differ: nothing was erased');
      print(await forSubject(tenant, (requests, context) => requests.erase(context, payer)));
    });
  return new Command('subject').description('answer requests of persons').addCommand(find).addCommand(erase);
}

function forSubject<T>(name: string, work: (requests: SubjectRequests, context: TenantContext) => Promise<T>): Promise<T> {
  const { PIAOYAN_STORAGE_DIR: directory } = parseConfig(CliConfig);
  if (directory === undefined) throw new ConfigError(['PIAOYAN_STORAGE_DIR is required: the folder of the originals']);
  return withRetentionDesk({ ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli' }, async (desk) => {
    const context = { tenantId: await desk.tenantIdOf(name), actor: operator() };
    return work(await desk.subjects(new FileObjectStore(directory), keyringAccess()), context);
  });
}

function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}
