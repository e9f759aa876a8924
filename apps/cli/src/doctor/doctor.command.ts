import { CliConfig, parseConfig } from '@app/config';
import { Command } from 'commander';
import { anchorsCheck, auditCheck } from './audit-check';
import { type Check, formatResult, runChecks } from './check';
import { databaseCheck } from './database-check';
import { journalCheck } from './journal-check';
import { masterKeysCheck } from './master-keys-check';
import { modelsCheck } from './models-check';
import { quotasCheck } from './quotas-check';
import { removalCheck } from './removal-check';
import { nativeChecks, nodeCheck, platformCheck } from './runtime-checks';
import { scannerCheck } from './scanner-check';
import { secondFactorCheck } from './second-factor-check';
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
      anchorsCheck(config.PIAOYAN_DATABASE_URL),
      removalCheck(config.PIAOYAN_DATABASE_URL, config.PIAOYAN_AUDIT_RETENTION_DAYS),
      masterKeysCheck(config.PIAOYAN_DATABASE_URL, { suite: config.PIAOYAN_CRYPTO_SUITE, masterKey: config.PIAOYAN_MASTER_KEY }),
      secondFactorCheck(config.PIAOYAN_DATABASE_URL, config.PIAOYAN_SECOND_FACTOR),
      quotasCheck(config.PIAOYAN_DATABASE_URL),
      scannerCheck(config.PIAOYAN_CLAMD_URL),
      journalCheck(config.PIAOYAN_EGRESS_JOURNAL_DIR),
    ];
    const results = await runChecks(checks);
    for (const result of results) process.stdout.write(`${formatResult(result)}\n`);
    if (results.some(({ state }) => state === 'fail')) process.exitCode = 1;
  });
}
