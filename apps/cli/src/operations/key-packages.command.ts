import { readFile, stat, writeFile } from 'node:fs/promises';
import type { KeyDelivery } from '@app/keyring';
import { Command } from 'commander';
import { asKeyOperator } from './key-operator';

/** No package is larger by far: 20,000 keys. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;
const PRIVATE_FILE = 0o600;

interface PackageOptions {
  recipient: string;
}

/** `piaoyan keys recipient`: makes a pair of keys for this installation to receive keys of others with. */
export function recipientCommand(): Command {
  return new Command('recipient')
    .description(
      'make a recipient for keys of another installation, and print its public key; its private key is wrapped by the master key',
    )
    .requiredOption('--out <file>', 'where the recipient is kept; the file must not exist')
    .action(async ({ out }: { out: string }) => {
      await asKeyOperator(async (admin) => {
        const { file, fingerprint } = await admin.newRecipient();
        await writeFile(out, `${JSON.stringify(file)}\n`, { flag: 'wx', mode: PRIVATE_FILE });
        process.stdout.write(`${file.recipient}\nfingerprint ${fingerprint}\n`);
      });
    });
}

/** `piaoyan keys open`: whether a package opens, and what is in it. */
export function openCommand(): Command {
  return packageCommand('open', 'say what a package of keys holds, and whether it opens; nothing is kept').action(
    async (file: string, { recipient }: PackageOptions) => {
      await asKeyOperator(async (admin) => {
        const { tenantId, tenantName, approvalId, exportedAt, keys } = await admin.openPackage(await delivery(file, recipient));
        process.stdout.write(`tenant\t${tenantId}\t${tenantName}\nexported\t${exportedAt}\tapproval ${approvalId}\n`);
        for (const key of keys) process.stdout.write(`${[`${key.class}/${key.generation}`, key.state, key.suite].join('\t')}\n`);
      });
    },
  );
}

/** `piaoyan keys import`: takes the keys of a package in. */
export function importCommand(): Command {
  return packageCommand('import', 'take the keys of a package in, wrapped by this installation’s master key: all or none').action(
    async (file: string, { recipient }: PackageOptions) => {
      await asKeyOperator(async (admin, actor) => {
        const keys = await admin.importPackage(actor, await delivery(file, recipient));
        for (const { keyClass, generation, outcome } of keys) process.stdout.write(`${keyClass}/${generation}\t${outcome}\n`);
      });
    },
  );
}

function packageCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<file>', 'the package')
    .requiredOption('--recipient <file>', 'the recipient that it was made for, as "recipient" wrote it');
}

async function delivery(file: string, recipient: string): Promise<KeyDelivery> {
  return { packageText: await textOf(file), recipientText: await textOf(recipient) };
}

async function textOf(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > MAX_FILE_BYTES) throw new Error(`${path} has more than ${MAX_FILE_BYTES} bytes: it is no package of keys`);
  return readFile(path, 'utf8');
}
