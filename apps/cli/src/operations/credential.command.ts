import { type ClientCredential, ClientDialect } from '@app/tenancy';
import { Command, Option } from 'commander';
import { collectNetwork } from './collect-network';
import { asCredentialOperator } from './credential-admin';
import { parseDays } from './valid-days';

const DAY_MS = 86_400_000;

interface CreateOptions {
  tenant: string;
  dialect: ClientDialect;
  name: string;
  unmasked: boolean;
  allowIp: string[];
  days?: number;
}

/** What the two halves of a credential are called in the client's own configuration. */
const NAMES: Readonly<Record<ClientDialect, readonly [publicId: string, secret: string]>> = {
  netocr: ['key', 'secret'],
  jumdata: ['appId', 'appSecret'],
};

/** `piaoyan credential create | list | revoke`: who may call the endpoints that speak a provider's dialect. */
export function credentialCommand(): Command {
  return new Command('credential')
    .description('manage credentials of systems that speak a provider’s dialect')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return new Command('create')
    .description('make a credential; its secret is shown once')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .addOption(new Option('--dialect <dialect>', 'what the client speaks').choices(ClientDialect.options).makeOptionMandatory())
    .requiredOption('--name <name>', 'which system it is for')
    .option('--unmasked', 'payer data and 其他信息 are shown as the provider tells them', false)
    .addOption(new Option('--allow-ip <cidr>', 'usable from here only; may be given several times').argParser(collectNetwork).default([]))
    .addOption(new Option('--days <n>', 'valid for so many days; without it until revoked').argParser(parseDays))
    .action(async ({ tenant, dialect, name, unmasked, allowIp, days }: CreateOptions) => {
      const expiresAt = days === undefined ? undefined : new Date(Date.now() + days * DAY_MS);
      const wanted = { dialect, name, scopes: unmasked ? (['face.unmasked'] as const) : [], allowedNetworks: allowIp };
      const issued = await asCredentialOperator((admin, actor) =>
        admin.create(actor, tenant, { ...wanted, ...(expiresAt && { expiresAt }) }),
      );
      const [publicId, secret] = NAMES[dialect];
      process.stdout.write(`${publicId} ${issued.publicId}\n${secret} ${issued.secret}\n`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('the credentials of a tenant, one a line, parted by tabs')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .action(async ({ tenant }: { tenant: string }) => {
      const credentials = await asCredentialOperator((admin, actor) => admin.list(actor, tenant));
      for (const credential of credentials) process.stdout.write(`${lineOf(credential)}\n`);
    });
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('end a credential at once')
    .requiredOption('--tenant <name>', 'the tenant, by its name')
    .argument('<id>', 'its key or appId')
    .action(async (publicId: string, { tenant }: { tenant: string }) => {
      await asCredentialOperator((admin, actor) => admin.revoke(actor, tenant, publicId));
    });
}

function lineOf(credential: ClientCredential): string {
  const { dialect, publicId, name, scopes, allowedNetworks, createdAt, expiresAt, revokedAt, lastUsedAt } = credential;
  const at = (moment: Date | null): string => moment?.toISOString() ?? '-';
  const words = [scopes.join(' ') || 'masked', allowedNetworks.join(' ') || 'any address'];
  const times = [`created ${at(createdAt)}`, `expires ${at(expiresAt)}`, `revoked ${at(revokedAt)}`, `used ${at(lastUsedAt)}`];
  return [dialect, publicId, name, ...words, ...times].join('\t');
}
