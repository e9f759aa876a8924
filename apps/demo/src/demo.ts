import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, resetStack, setUpModels, startStack, type Stack, type StackOptions } from '@app/devstack';
import { ApiClient } from './api-client';
import { deviations } from './deviations';
import { type DemoOptions } from './demo-options';
import { resultTable } from './result-table';
import { runSamples } from './run-samples';
import { writeSampleFiles, type SampleFiles } from './samples/sample-files';
import { askedBillNumbers } from './sandbox-ledger';
import { seedTenant } from './seed-tenant';

/** A started demo. */
export interface Demo {
  stack: Stack;
  key: string;
  files: SampleFiles;
}

/** Brings everything up, from nothing if need be; `settings` are further ones of single processes. */
export async function startDemo(options: DemoOptions, log: (line: string) => void, settings: StackOptions['settings'] = {}): Promise<Demo> {
  const root = projectRoot();
  if (options.isReset) await resetStack(options.stateDir);
  const { modelsDir } = await setUpModels({ modelsDir: join(root, 'models'), given: process.env.PIAOYAN_MODELS, log });
  const files = await writeSampleFiles(join(options.stateDir, 'receipts'), new Date());
  const consoleDir = join(root, 'dist', 'apps', 'console');
  log('starting PostgreSQL, sandbox, egress, worker and api');
  const stack = await startStack({
    stateDir: options.stateDir,
    modelsDir,
    bills: files.samples.flatMap(({ known }) => known ?? []),
    runFrom: options.isFromSource ? 'source' : 'build',
    ports: options.port === undefined ? {} : { api: options.port },
    consoleDir: existsSync(consoleDir) ? consoleDir : undefined,
    settings,
    log,
  });
  try {
    const keyFile = join(options.stateDir, 'api-key');
    const key = await seedTenant({ ownerUrl: stack.database.ownerUrl, hashKey: stack.hashKey, keyFile });
    return { stack, key, files };
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Runs every sample through the started demo, prints the table, and answers whether all came as expected. */
export async function showSamples({ stack, key, files }: Demo, log: (line: string) => void): Promise<boolean> {
  const results = await runSamples(new ApiClient(stack.urls.api, key), files);
  const asked = await askedBillNumbers(stack.urls.sandbox);
  log(resultTable(results));
  const wrong = results.flatMap((result) => deviations(result, asked));
  for (const line of wrong) log(`not as expected: ${line}`);
  if (wrong.length === 0) log(`all ${results.length} samples came as expected`);
  return wrong.length === 0;
}
