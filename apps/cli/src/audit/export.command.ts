import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AuditProof, INSTALLATION_ID, type SealedWithin } from '@app/audit';
import type { TenantContext } from '@app/database';
import { Command, Option } from 'commander';
import { parseDay } from '../operations/arguments';
import { asOperator, operator } from '../operations/tenant-admin';
import { asAuditor } from './audit-proof';
import { recordForInstallation } from './installation-record';

interface ExportOptions {
  tenant?: string;
  chain?: true;
  installation?: true;
  from?: string;
  to?: string;
  out: string;
}

const DAY_MS = 86_400_000;

/** `piaoyan audit export`: a tenant's sealed audit, or the chain over all tenants, as a file that `audit verify` reads. Never overwrites one. */
export function exportCommand(): Command {
  return new Command('export')
    .description('write the sealed audit of a tenant, or the chain over all tenants, as JSON Lines')
    .addOption(new Option('--tenant <name>', "the tenant's name").conflicts(['chain', 'installation']))
    .addOption(new Option('--installation', "acts that are no tenant's: providers paused, settings, keys, the schema").conflicts('chain'))
    .addOption(new Option('--chain', 'the chain over all tenants: ids and hashes, no entries').conflicts(['from', 'to']))
    .addOption(new Option('--from <day>', 'first day of sealing (Asia/Shanghai); whole segments').argParser(parseDay))
    .addOption(new Option('--to <day>', 'last such day').argParser(parseDay))
    .requiredOption('--out <file>', 'the file to write; it must not exist')
    .action(write);
}

async function write(options: ExportOptions): Promise<void> {
  const { tenant, chain, installation, out } = options;
  if (tenant === undefined && chain === undefined && installation === undefined)
    throw new Error('give --tenant, --installation, or --chain');
  const own = installation === undefined ? undefined : INSTALLATION_ID;
  const tenantId = tenant === undefined ? own : await asOperator((admin) => admin.idOf(tenant));
  if (tenantId === undefined) await recordForInstallation({ action: 'audit.export', targetType: 'audit', targetId: 'chain' });
  await asAuditor(async (proof) => {
    const lines = tenantId === undefined ? proof.export.ofChain(contextOf) : await exported(proof, contextOf(tenantId), within(options));
    await pipeline(Readable.from(lines), createWriteStream(out, { flags: 'wx', mode: 0o440 }));
  });
}

/** The export is on record before it begins; its own entry is in the file as one that is not sealed yet. */
async function exported(proof: AuditProof, tenant: TenantContext, range: SealedWithin): Promise<AsyncIterable<string>> {
  const detail = { sealed: true, from: range.from?.toISOString() ?? null, before: range.before?.toISOString() ?? null };
  await proof.unitOfWork.run(tenant, (tx) =>
    proof.audit.append(tx, { action: 'audit.export', targetType: 'audit', targetId: tenant.tenantId, detail }),
  );
  return proof.export.ofTenant(tenant, range);
}

const contextOf = (tenantId: string): TenantContext => ({ tenantId, actor: operator() });

function within({ from, to }: ExportOptions): SealedWithin {
  const start = (day: string): Date => new Date(`${day}T00:00:00+08:00`);
  return {
    from: from === undefined ? undefined : start(from),
    before: to === undefined ? undefined : new Date(start(to).getTime() + DAY_MS),
  };
}
