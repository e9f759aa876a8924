import 'reflect-metadata';
import { parseConfig, WorkerConfig } from '@app/config';
import { Keyring } from '@app/keyring';
import { JsonLogger } from '@app/observability';
import { ReceiptReader } from '@app/receipts';
import type { INestApplicationContext, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { WorkerHealth } from './health/worker-health';
import { tellOfDatabase, tellOfForwarding } from './metrics/database-metrics';
import { OcrReceiptReader } from './reading/ocr-receipt-reader';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const config = parseConfig(WorkerConfig);
  const logger = new JsonLogger({ process: 'worker', level: config.PIAOYAN_LOG_LEVEL });
  const health = new WorkerHealth();
  await health.listen(config.PIAOYAN_HEALTH_PORT, config.PIAOYAN_HEALTH_HOST, logger);
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), options);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  health.isStarted({ dataSource: app.get(DataSource), keyring: app.get(Keyring, { strict: false }) });
  tellOfDatabase(app.get(DataSource));
  if (config.PIAOYAN_SIEM_URL !== undefined) tellOfForwarding(app.get(DataSource));
  logger.log({ queues: config.PIAOYAN_WORKER_QUEUES, health: await health.getUrl(), ...readerOf(app, config), msg: 'started' });
}

/** What a worker that reads has: a GPU that was asked for in vain, or a root that is not installed, is to be seen at once. */
function readerOf(
  app: INestApplicationContext,
  config: WorkerConfig,
): { ocr: OcrReceiptReader['engineState']; trustedRoots: OcrReceiptReader['trustedRoots'] } | undefined {
  if (!config.PIAOYAN_WORKER_QUEUES.includes('receipt.read')) return undefined;
  const reader = app.get(ReceiptReader, { strict: false });
  return reader instanceof OcrReceiptReader ? { ocr: reader.engineState, trustedRoots: reader.trustedRoots } : undefined;
}

main().catch((error: unknown) => {
  process.stderr.write(`worker did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
