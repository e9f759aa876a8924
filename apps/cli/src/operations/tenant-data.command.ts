import { once } from 'node:events';
import { closeSync, createWriteStream, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readSigner } from '@app/audit';
import { CliConfig, ConfigError, parseConfig } from '@app/config';
import { certificateSigner, type TenantData, TenantErasureProposals, withTenantData } from '@app/privacy';
import { FileObjectStore } from '@app/storage';
import { Command } from 'commander';
import { atDesk, parseReason, shown } from './approval.command';
import { parseId } from './arguments';
import { keyringAccess } from './keyring-access';
import { requireOwnerUrl } from './owner-url';
import { operator } from './tenant-admin';

const OWN_FILE = { flags: 'wx', mode: 0o600 } as const;

interface ExportOptions {
  tenant: string;
  out: string;
}

/** `piaoyan tenant export`: everything of a tenant, as one archive. */
export function tenantExportCommand(): Command {
  return new Command('export')
    .description('write everything of a tenant into a ZIP archive, with a manifest of hashes; secrets and keys stay here')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--out <file>', 'the archive; it must not exist yet')
    .action(async ({ tenant, out }: ExportOptions) => {
      const stream = createWriteStream(out, OWN_FILE);
      await once(stream, 'open');
      const manifest = await withData(async (data) => data.exporting.write(operator(), await data.tenantCalled(tenant), stream));
      stream.end();
      await once(stream, 'close');
      const rows = manifest.files.reduce((sum, file) => sum + (file.rows ?? 0), 0);
      process.stdout.write(`${rows} rows and ${manifest.files.length} files in ${out}\n`);
    });
}

interface EraseOptions extends ExportOptions {
  confirm: string;
  signingKey: string;
  approval: string;
}

/** `piaoyan tenant propose-erasure`: what `tenant erase` needs the approval of. */
export function tenantProposeErasureCommand(): Command {
  return new Command('propose-erasure')
    .description('propose to erase everything of a tenant: a second person, or another operator, approves it')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--reason <text>', 'why', parseReason)
    .action(async ({ tenant: name, reason }: { tenant: string; reason: string }) => {
      const approval = await atDesk(name, async ({ approvals, unitOfWork }, context) =>
        approvals.propose(context, await new TenantErasureProposals(unitOfWork).of(context, { name, reason })),
      );
      process.stdout.write(shown(approval));
    });
}

/** `piaoyan tenant erase`: everything of a tenant but its audit is gone afterwards. */
export function tenantEraseCommand(): Command {
  return new Command('erase')
    .description('erase everything of a tenant but its audit, for ever, and write a signed certificate')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .requiredOption('--confirm <name>', 'its name once more, typed by hand')
    .requiredOption('--approval <id>', 'the approved proposal of tenant propose-erasure', parseId)
    .requiredOption('--signing-key <file>', 'Ed25519 or SM2 private key in PEM, which signs the certificate')
    .requiredOption('--out <file>', 'the certificate; it must not exist yet')
    .action(async ({ tenant: name, confirm: confirmedName, approval: approvalId, signingKey, out }: EraseOptions) => {
      const signer = certificateSigner(readSigner(readFileSync(signingKey, 'utf8')));
      const signed = await intoOwnFile(out, () =>
        withData(async (data) => {
          const tenant = await data.tenantCalled(name);
          return data.erasing(signer).erase(operator(), { tenant, confirmedName, approvalId });
        }),
      );
      process.stdout.write(`${signed.text}\n`);
    });
}

/** Opens the file before the work, so that one that cannot be written is found out in time; it is gone again where the work fails. */
async function intoOwnFile<T>(path: string, work: () => Promise<T>): Promise<T> {
  const file = openSync(path, OWN_FILE.flags, OWN_FILE.mode);
  try {
    const result = await work();
    writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
    return result;
  } catch (error) {
    rmSync(path);
    throw error;
  } finally {
    closeSync(file);
  }
}

async function withData<T>(work: (data: TenantData) => Promise<T>): Promise<T> {
  const { PIAOYAN_STORAGE_DIR: directory } = parseConfig(CliConfig);
  if (directory === undefined) throw new ConfigError(['PIAOYAN_STORAGE_DIR is required: the folder of the originals']);
  const options = {
    ownerUrl: requireOwnerUrl(),
    applicationName: 'piaoyan-cli',
    keys: keyringAccess(),
    objects: new FileObjectStore(directory),
  };
  return withTenantData(options, work);
}
