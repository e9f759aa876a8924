import { AuditRetention, type RemovedRange } from '@app/audit';
import { CliConfig, parseConfig } from '@app/config';
import { Command } from 'commander';
import { asOperator, operator } from '../operations/tenant-admin';
import { asAuditor } from './audit-proof';

/** `piaoyan audit retention --tenant NAME`: shows what was removed, and what is older than the audit must be kept. Removes nothing itself. */
export function retentionCommand(): Command {
  return new Command('retention')
    .description('show which sealed segments are older than PIAOYAN_AUDIT_RETENTION_DAYS; removes nothing')
    .requiredOption('--tenant <name>', "the tenant's name")
    .action(async ({ tenant: name }: { tenant: string }) => {
      const { PIAOYAN_AUDIT_RETENTION_DAYS: days } = parseConfig(CliConfig);
      const tenant = { tenantId: await asOperator((admin) => admin.idOf(name)), actor: operator() };
      await asAuditor(async ({ unitOfWork, store }) => {
        for (const removal of await store.removals(tenant)) process.stdout.write(`${removedLine(removal)}\n`);
        const { segments, entries, lastSegment, isHeld } = await unitOfWork.run(tenant, (tx) =>
          new AuditRetention().removable(tx, { days }),
        );
        const last = lastSegment === null ? '' : `, up to segment ${lastSegment}`;
        const held = isHeld ? '; a legal hold keeps them' : '';
        process.stdout.write(`${segments} segments with ${entries} entries are older than ${days} days${last}${held}\n`);
      });
    });
}

function removedLine({ firstSegment, lastSegment, entries, retentionDays, removedAt }: RemovedRange): string {
  return `removed ${removedAt}: segments ${firstSegment}–${lastSegment}, ${entries} entries, kept for ${retentionDays} days`;
}
