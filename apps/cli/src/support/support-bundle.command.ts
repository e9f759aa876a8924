import { writeFileSync } from 'node:fs';
import { databaseUrlIfSet, type Environment, settingsShown } from '@app/config';
import { Command } from 'commander';
import { recordForInstallation } from '../audit/installation-record';
import { databaseFacts } from './database-facts';
import { lastLogLines } from './last-log-lines';

interface BundleOptions {
  out: string;
  log?: string[];
}

/** `piaoyan support-bundle`: what a vendor needs to help, without anything of a bill, a person or a secret. */
export function supportBundleCommand(): Command {
  return new Command('support-bundle')
    .description('write a de-identified file for support: versions, settings without values that are secret, queues, health, log lines')
    .requiredOption('--out <file>', 'the file, JSON; it must not exist yet')
    .option('--log <file...>', 'log files of the processes, of which the last lines are taken, field by field')
    .action(async ({ out, log = [] }: BundleOptions) => {
      const bundle = await supportBundle({ logFiles: log });
      // A database that is away is what support may be needed for: the bundle then says so, and nothing can be put on record.
      if ((bundle.database as { state: string }).state === 'reached')
        await recordForInstallation({ action: 'support.bundle', targetType: 'installation', targetId: 'support' });
      writeFileSync(out, `${JSON.stringify(bundle, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
      process.stdout.write(`${out}: read it before you send it\n`);
    });
}

/** The bundle's content. */
export async function supportBundle(from: { env?: Environment; logFiles: readonly string[] }): Promise<Record<string, unknown>> {
  return {
    format: 'piaoyan-support-bundle/1',
    madeAt: new Date().toISOString(),
    runtime: { node: process.version, platform: process.platform, arch: process.arch },
    settings: settingsShown(from.env),
    database: await databaseFacts(databaseUrlIfSet(from.env)),
    log: from.logFiles.map(lastLogLines),
  };
}
