import { migrate } from '@app/database';
import { Command } from 'commander';
import { recordForInstallation } from '../audit/installation-record';
import { requireOwnerUrl } from './owner-url';

/** `piaoyan migrate`: brings the schema and the queues to this release. Safe to run twice and from two places at once. */
export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the database schema to this release (as piaoyan_owner; forward only)')
    .action(async () => {
      await migrate({ ownerUrl: requireOwnerUrl(), log: (line) => void process.stdout.write(`${line}\n`) });
      await recordForInstallation({ action: 'schema.migrate', targetType: 'schema', targetId: 'public' });
    });
}
