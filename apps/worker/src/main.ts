import 'reflect-metadata';
import { parseConfig, WorkerConfig } from '@app/config';
import { JsonLogger } from '@app/observability';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { WorkerHealth } from './health/worker-health';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const config = parseConfig(WorkerConfig);
  const logger = new JsonLogger({ process: 'worker', level: config.PIAOYAN_LOG_LEVEL });
  const health = new WorkerHealth();
  await health.listen(config.PIAOYAN_HEALTH_PORT, config.PIAOYAN_HEALTH_HOST, logger);
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), options);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  health.isStarted(app.get(DataSource));
  logger.log({ queues: config.PIAOYAN_WORKER_QUEUES, health: await health.getUrl(), msg: 'started' });
}

main().catch((error: unknown) => {
  process.stderr.write(`worker did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
