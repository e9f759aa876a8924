import { AuditRetention } from '@app/audit';
import { CliConfig, parseConfig } from '@app/config';
import { Command } from 'commander';
import { asOperator, operator } from '../operations/tenant-admin';
import { asAuditor } from './audit-proof';

/** `piaoyan audit retention --tenant NAME`: shows what is older than the audit must be kept. Removes nothing. */
export function retentionCommand(): Command {
  return new Command('retention')
    .description('show which sealed segments are older than PIAOYAN_AUDIT_RETENTION_DAYS; removes nothing')
    .requiredOption('--tenant <name>', "the tenant's name")
    .action(async ({ tenant: name }: { tenant: string }) => {
      const { PIAOYAN_AUDIT_RETENTION_DAYS: days } = parseConfig(CliConfig);
      const tenant = { tenantId: await asOperator((admin) => admin.idOf(name)), actor: operator() };
      const { segments, entries, lastSegment } = await asAuditor(({ unitOfWork }) =>
        unitOfWork.run(tenant, (tx) => new AuditRetention().removable(tx, days)),
      );
      const last = lastSegment === null ? '' : `, up to segment ${lastSegment}`;
      process.stdout.write(`${segments} segments with ${entries} entries are older than ${days} days${last}\n`);
    });
}
