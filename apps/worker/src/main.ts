import 'reflect-metadata';
import { parseConfig, WorkerConfig } from '@app/config';
import { ConsoleLogger, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { HealthServer } from './health/health-server';
import { WorkerModule } from './worker.module';

async function main(): Promise<void> {
  const config = parseConfig(WorkerConfig);
  const logger = new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error', 'fatal'] });
  const health = new HealthServer();
  await health.listen(config.PIAOYAN_HEALTH_PORT, config.PIAOYAN_HEALTH_HOST);
  const options: NestApplicationOptions = { logger, abortOnError: false };
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), options);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  const dataSource = app.get(DataSource);
  health.started({ database: () => dataSource.query('select 1') });
  logger.log({ event: 'started', queues: config.PIAOYAN_WORKER_QUEUES }, 'Worker');
}

main().catch((error: unknown) => {
  process.stderr.write(`worker did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
