import { DATA_CLASSES, type DataClass, type DataKey, type KeyringAdmin, type TenantKeys, withKeyringAdmin } from '@app/keyring';
import type { Actor } from '@app/database';
import { Command, Option } from 'commander';
import { recordForInstallation } from '../audit/installation-record';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

/** `piaoyan keys status | rotate | rewrap`: the keys that data is sealed with, and the master keys above them. None is ever printed. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('manage the keys that data is sealed with')
    .addCommand(statusCommand())
    .addCommand(rotateCommand())
    .addCommand(rewrapCommand());
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
      await asKeyOperator(async (admin, actor) => print(await admin.rotate(actor, dataClass, tenant)));
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
        print(await admin.rewrap(actor));
      });
    });
}

function asKeyOperator(work: (admin: KeyringAdmin, actor: Actor) => Promise<void>): Promise<void> {
  const options = { ...keyringAccess(), ownerUrl: requireOwnerUrl(), applicationName: 'piaoyan-cli' };
  return withKeyringAdmin(options, (admin) => work(admin, operator()));
}

function print(tenants: readonly TenantKeys[]): void {
  for (const { tenantName, keys } of tenants) for (const key of keys) process.stdout.write(`${lineOf(tenantName, key)}\n`);
}

function lineOf(tenantName: string, { keyClass, generation, state, suite, wrapped, createdAt }: DataKey): string {
  const words = [tenantName, `${keyClass}/${generation}`, state, suite, wrapped?.masterKey ?? '-', `created ${createdAt.toISOString()}`];
  return words.join('\t');
}
