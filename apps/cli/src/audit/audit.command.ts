import { Command } from 'commander';
import { anchorCommand } from './anchor.command';
import { exportCommand } from './export.command';
import { keysCommand } from './keys.command';
import { retentionCommand } from './retention.command';
import { verifyCommand } from './verify.command';

/** `piaoyan audit export|verify|anchor|keys|retention`: takes the audit off the box and proves it there. */
export function auditCommand(): Command {
  return new Command('audit')
    .description('export the audit (审计), anchor it, and verify an export without the box')
    .addCommand(exportCommand())
    .addCommand(verifyCommand())
    .addCommand(anchorCommand())
    .addCommand(keysCommand())
    .addCommand(retentionCommand());
}
