import 'reflect-metadata';
import { ApiConfig, parseConfig } from '@app/config';
import { JsonLogger, MetricsModule } from '@app/observability';
import type { NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiModule } from './api.module';
import { apiOptions } from './http/api-options';
import { createApi } from './http/create-api';

async function main(): Promise<void> {
  const config = parseConfig(ApiConfig);
  const logger = new JsonLogger({ process: 'api', level: config.PIAOYAN_LOG_LEVEL });
  const app = await createApi(ApiModule.forRoot(config), logger, apiOptions(config));
  await app.listen(config.PIAOYAN_HTTP_PORT, config.PIAOYAN_HTTP_HOST);
  await serveMetrics(config, logger);
  logger.log({ url: await app.getUrl(), msg: 'listening' }, 'Api');
}

/** On a listener of their own, which callers do not reach; nowhere unless told. */
async function serveMetrics({ PIAOYAN_METRICS_HOST: host, PIAOYAN_METRICS_PORT: port }: ApiConfig, logger: JsonLogger): Promise<void> {
  if (port === undefined) return;
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
  const server = await NestFactory.create<NestFastifyApplication>(MetricsModule, new FastifyAdapter(), options);
  server.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await server.listen(port, host);
}

main().catch((error: unknown) => {
  process.stderr.write(`api did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
