import { anchorLine, FileAnchorSink } from '@app/audit';
import { Command } from 'commander';
import { notice } from '../notice';
import { asAuditor } from './audit-proof';
import { recordForInstallation } from './installation-record';

/** `piaoyan audit anchor`: the signed heads of all chains, printed or as a new file in a folder. Needs no signing key. */
export function anchorCommand(): Command {
  return new Command('anchor')
    .description('print the signed head of every chain, one line each, or write them as a new file into a folder')
    .option('--dir <folder>', 'where to write them; nothing there is ever overwritten')
    .action(async ({ dir }: { dir?: string }) => {
      await recordForInstallation({ action: 'audit.anchor', targetType: 'audit', targetId: 'heads', detail: { to: dir ?? 'output' } });
      const anchors = await asAuditor(({ heads }) => heads.all());
      if (anchors.length === 0) notice('no chain was sealed yet: there is nothing to anchor');
      if (dir !== undefined && anchors.length > 0) await new FileAnchorSink(dir).write(anchors);
      else process.stdout.write(anchors.map((anchor) => `${anchorLine(anchor)}\n`).join(''));
    });
}
