import 'reflect-metadata';
import { ApiConfig, parseConfig } from '@app/config';
import { ConsoleLogger } from '@nestjs/common';
import { ApiModule } from './api.module';
import { createApi } from './http/create-api';

async function main(): Promise<void> {
  const config = parseConfig(ApiConfig);
  const logger = new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error', 'fatal'] });
  const app = await createApi(ApiModule.forRoot(config), logger);
  await app.listen(config.PIAOYAN_HTTP_PORT, config.PIAOYAN_HTTP_HOST);
  logger.log({ event: 'listening', host: config.PIAOYAN_HTTP_HOST, port: config.PIAOYAN_HTTP_PORT }, 'Api');
}

main().catch((error: unknown) => {
  process.stderr.write(`api did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
