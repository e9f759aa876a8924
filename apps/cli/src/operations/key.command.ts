import { CliConfig, parseConfig } from '@app/config';
import { type ApiKey, API_KEY_PREFIX, BUSINESS_SCOPES, mayBeGrantedTogether, type NewApiKey, Scope } from '@app/tenancy';
import { Command, InvalidArgumentError, Option } from 'commander';
import { collectNetwork } from './collect-network';
import { asOperator } from './tenant-admin';
import { parseDays } from './valid-days';

const DAY_MS = 86_400_000;
const MAX_OVERLAP_HOURS = 720;

interface CreateOptions {
  tenant: string;
  name: string;
  scopes: readonly Scope[];
  days?: number;
  signed: boolean;
  allowIp: string[];
  certSha256?: string;
}

interface RotateOptions {
  tenant: string;
  overlapHours: number;
  days?: number;
}

/** `piaoyan key create | list | rotate | revoke`: a key is printed once and exists nowhere else. */
export function keyCommand(): Command {
  return new Command('key')
    .description('manage API keys')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(rotateCommand())
    .addCommand(revokeCommand());
}

function createCommand(): Command {
  return tenantCommand('create', 'make an API key for a tenant; it is shown once')
    .requiredOption('--name <name>', 'what the key is for, such as the calling system')
    .addOption(
      new Option('--scopes <list>', 'what the key may do')
        .argParser(parseScopes)
        .default([...BUSINESS_SCOPES], 'all that is not for administrators'),
    )
    .addOption(daysOption('valid for so many days; without it as long as PIAOYAN_API_KEY_MAX_DAYS allows'))
    .option('--signed', 'requests are signed with the key instead of presenting it', false)
    .addOption(new Option('--allow-ip <cidr>', 'usable from here only; may be given several times').argParser(collectNetwork).default([]))
    .addOption(new Option('--cert-sha256 <hex>', 'usable with this client certificate only').argParser(parseSha256))
    .action(async ({ tenant, name, scopes, days, signed, allowIp, certSha256 }: CreateOptions) => {
      const key: NewApiKey = {
        ...{ name, scopes, allowedNetworks: allowIp, signing: signed ? 'required' : 'none', certificateSha256: certSha256 ?? null },
        ...(days !== undefined && { expiresAt: inDays(days) }),
      };
      const { id, secret } = await asOperator((admin, actor) => admin.createKey(actor, tenant, key));
      // Who signs names the key by its id; who presents it needs nothing else, and scripts read one line.
      process.stdout.write(signed ? `id ${id}\nsecret ${secret}\n` : `${secret}\n`);
    });
}

function listCommand(): Command {
  return tenantCommand('list', 'the keys of a tenant, one a line, parted by tabs').action(async ({ tenant }: { tenant: string }) => {
    const keys = await asOperator((admin, actor) => admin.listKeys(actor, tenant));
    for (const key of keys) process.stdout.write(`${lineOf(key)}\n`);
  });
}

function rotateCommand(): Command {
  return tenantCommand('rotate', 'make another secret for a key, shown this once')
    .argument('<id>', 'the key, by the id that list shows')
    .addOption(
      new Option('--overlap-hours <n>', 'how long the old secret stays valid; 0 ends it at once').argParser(parseOverlap).default(24),
    )
    .addOption(daysOption('the key’s new end, so many days from now; without it the old end stays'))
    .action(async (id: string, { tenant, overlapHours, days }: RotateOptions) => {
      const rotation = { overlapHours, ...(days !== undefined && { expiresAt: inDays(days) }) };
      const { secret } = await asOperator((admin, actor) => admin.rotateKey(actor, tenant, id, rotation));
      process.stdout.write(`${secret}\n`);
    });
}

function revokeCommand(): Command {
  return tenantCommand('revoke', 'end a key at once, with both its secrets')
    .argument('<id>', 'the key, by the id that list shows')
    .action(async (id: string, { tenant }: { tenant: string }) => {
      await asOperator((admin, actor) => admin.revokeKey(actor, tenant, id));
    });
}

function tenantCommand(name: string, description: string): Command {
  return new Command(name).description(description).requiredOption('--tenant <name>', 'the tenant, by its name');
}

function lineOf(key: ApiKey): string {
  const at = (moment: Date | null): string => moment?.toISOString() ?? '-';
  const { previousLastFour, previousUntil } = key;
  const previous =
    previousUntil !== null && previousUntil > new Date() ? `also …${previousLastFour ?? ''} until ${at(previousUntil)}` : '-';
  const bounds = [key.allowedNetworks.join(' ') || 'any address', key.certificateSha256 ?? 'any certificate'];
  const times = [
    `created ${at(key.createdAt)}`,
    `expires ${at(key.expiresAt)}`,
    `revoked ${at(key.revokedAt)}`,
    `used ${at(key.lastUsedAt)}`,
  ];
  const shown = `${API_KEY_PREFIX}…${key.lastFour}`;
  const mode = key.signing === 'required' ? 'signed' : 'presented';
  return [key.id, key.name, shown, mode, key.scopes.join(' '), ...bounds, ...times, previous].join('\t');
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

function daysOption(description: string): Option {
  return new Option('--days <n>', description).argParser((text) => {
    const days = parseDays(text);
    const { PIAOYAN_API_KEY_MAX_DAYS: most } = parseConfig(CliConfig);
    if (days > most) throw new InvalidArgumentError(`PIAOYAN_API_KEY_MAX_DAYS allows at most ${most}`);
    return days;
  });
}

function parseOverlap(text: string): number {
  const hours = Number(text);
  if (!/^\d{1,3}$/.test(text) || hours > MAX_OVERLAP_HOURS) {
    throw new InvalidArgumentError(`give a whole number of hours from 0 to ${MAX_OVERLAP_HOURS}`);
  }
  return hours;
}

function parseSha256(text: string): string {
  const hex = text.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex))
    throw new InvalidArgumentError('give 64 hexadecimal digits, as "openssl x509 -fingerprint -sha256" shows them');
  return hex;
}

const inDays = (days: number): Date => new Date(Date.now() + days * DAY_MS);
