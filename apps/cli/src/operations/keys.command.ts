import { DATA_CLASSES, type DataClass, type DataKey, type ResealedColumn, type TenantKeys } from '@app/keyring';
import { Command, InvalidArgumentError, Option } from 'commander';
import { recordForInstallation } from '../audit/installation-record';
import { notice } from '../notice';
import { asKeyOperator } from './key-operator';
import { importCommand, openCommand, recipientCommand } from './key-packages.command';
import { ResealProgress } from './reseal-progress';

/** `piaoyan keys status | rotate | rewrap | reseal | destroy-generation | recipient | open | import`: the keys that data is sealed with, and the master keys above them. None is ever printed. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('manage the keys that data is sealed with')
    .addCommand(statusCommand())
    .addCommand(rotateCommand())
    .addCommand(rewrapCommand())
    .addCommand(resealCommand())
    .addCommand(destroyCommand())
    .addCommand(recipientCommand())
    .addCommand(openCommand())
    .addCommand(importCommand());
}

function statusCommand(): Command {
  return new Command('status')
    .description('the configured master keys by fingerprint, then each data key of each tenant, parted by tabs')
    .action(async () => {
      await asKeyOperator(async (admin, actor) => {
        admin.fingerprints.forEach((fingerprint, at) =>
          process.stdout.write(`master\t${fingerprint}\t${at === 0 ? 'wraps' : 'unwraps'}\n`),
        );
        print(await admin.status(actor));
      });
    });
}

function rotateCommand(): Command {
  return new Command('rotate')
    .description('start a new generation of a class of data keys; what the older ones sealed still opens')
    .addOption(new Option('--class <class>', 'what is sealed with it').choices(DATA_CLASSES).makeOptionMandatory())
    .option('--tenant <name>', 'one tenant, by its name; else all')
    .action(async ({ class: dataClass, tenant }: { class: DataClass; tenant?: string }) => {
      await asKeyOperator(async (admin, actor) => printChanged(await admin.rotate(actor, dataClass, tenant)));
    });
}

function rewrapCommand(): Command {
  return new Command('rewrap')
    .description('wrap every data key anew with the first master key, so that the others can be taken away')
    .action(async () => {
      await asKeyOperator(async (admin, actor) => {
        // On record before it begins: what it does to each tenant's keys stands in the tenant's own audit.
        const [first = 'none'] = admin.fingerprints;
        await recordForInstallation({ action: 'masterKey.rewrap', targetType: 'masterKey', targetId: first });
        printChanged(await admin.rewrap(actor));
      });
    });
}

interface ResealOptions {
  class?: DataClass;
  tenant?: string;
  batch: number;
}

function resealCommand(): Command {
  return new Command('reseal')
    .description('seal anew, under the current key and suite, what older keys sealed; broken off, run it again')
    .addOption(new Option('--class <class>', 'one class; else all').choices(DATA_CLASSES))
    .option('--tenant <name>', 'one tenant, by its name; else all')
    .addOption(new Option('--batch <rows>', 'rows in one transaction').argParser((text) => parseWhole(text, 5_000)).default(200))
    .action(async ({ class: dataClass, tenant, batch }: ResealOptions) => {
      const classes = dataClass === undefined ? DATA_CLASSES : [dataClass];
      const progress = new ResealProgress();
      await asKeyOperator(async (admin, actor) => {
        const done = await admin.reseal(actor, { classes, tenantName: tenant }, { batchRows: batch, onBatch: (one) => progress.add(one) });
        for (const { tenantName, columns } of done) for (const one of columns) process.stdout.write(`${resealedLine(tenantName, one)}\n`);
        if (done.some(({ columns }) => columns.some(({ left }) => left > 0))) process.exitCode = 1;
      });
    });
}

function resealedLine(tenantName: string, { column, moved, unopened, left }: ResealedColumn): string {
  return [tenantName, column, `${moved} sealed anew`, `${left} left`, `${unopened} do not open`].join('\t');
}

interface DestroyOptions {
  class: DataClass;
  tenant: string;
  generation: number;
}

function destroyCommand(): Command {
  return new Command('destroy-generation')
    .description('destroy a data key that nothing is sealed under any more; refuses while anything is')
    .addOption(new Option('--class <class>', 'what was sealed with it').choices(DATA_CLASSES).makeOptionMandatory())
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .addOption(
      new Option('--generation <n>', 'the key, as status shows it').argParser((text) => parseWhole(text, 2 ** 31)).makeOptionMandatory(),
    )
    .action(async ({ class: dataClass, tenant, generation }: DestroyOptions) => {
      await asKeyOperator((admin, actor) => admin.destroyGeneration(actor, tenant, dataClass, generation));
      process.stdout.write(`${tenant}\t${dataClass}/${generation}\tdestroyed\n`);
    });
}

function parseWhole(text: string, most: number): number {
  const value = Number(text);
  if (!/^[1-9]\d{0,9}$/.test(text) || value > most) throw new InvalidArgumentError(`give a whole number from 1 to ${most}`);
  return value;
}

/** Silence would leave open whether anything was done. */
function printChanged(tenants: readonly TenantKeys[]): void {
  if (tenants.length === 0) notice('there was no data key to change');
  print(tenants);
}

function print(tenants: readonly TenantKeys[]): void {
  for (const { tenantName, keys } of tenants) for (const key of keys) process.stdout.write(`${lineOf(tenantName, key)}\n`);
}

function lineOf(tenantName: string, { keyClass, generation, state, suite, wrapped, createdAt }: DataKey): string {
  const words = [tenantName, `${keyClass}/${generation}`, state, suite, wrapped?.masterKey ?? '-', `created ${createdAt.toISOString()}`];
  return words.join('\t');
}
