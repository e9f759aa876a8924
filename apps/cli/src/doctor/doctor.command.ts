import { CliConfig, parseConfig } from '@app/config';
import { Command } from 'commander';
import { auditCheck } from './audit-check';
import { type Check, formatResult, runChecks } from './check';
import { databaseCheck } from './database-check';
import { modelsCheck } from './models-check';
import { nativeChecks, nodeCheck, platformCheck } from './runtime-checks';
import { storageCheck } from './storage-check';
import { suiteCheck } from './suite-check';

/** `piaoyan doctor`: examines the installation from where it stands, and says what to do about each fault. */
export function doctorCommand(): Command {
  return new Command('doctor').description('examine the installation and say what is wrong').action(async () => {
    const config = parseConfig(CliConfig);
    const checks: Check[] = [
      nodeCheck,
      platformCheck,
      ...nativeChecks,
      modelsCheck(config.PIAOYAN_MODELS),
      storageCheck(config.PIAOYAN_STORAGE_DIR),
      suiteCheck(config.PIAOYAN_CRYPTO_SUITE, config.PIAOYAN_HASH_KEY),
      databaseCheck(config.PIAOYAN_DATABASE_URL),
      auditCheck(config.PIAOYAN_DATABASE_URL),
    ];
    const results = await runChecks(checks);
    for (const result of results) process.stdout.write(`${formatResult(result)}\n`);
    if (results.some(({ state }) => state === 'fail')) process.exitCode = 1;
  });
}
