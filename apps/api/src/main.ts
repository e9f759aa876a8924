import 'reflect-metadata';
import { ApiConfig, parseConfig } from '@app/config';
import { JsonLogger } from '@app/observability';
import { ApiModule } from './api.module';
import { apiOptions } from './http/api-options';
import { createApi } from './http/create-api';

async function main(): Promise<void> {
  const config = parseConfig(ApiConfig);
  const logger = new JsonLogger({ process: 'api', level: config.PIAOYAN_LOG_LEVEL });
  const app = await createApi(ApiModule.forRoot(config), logger, apiOptions(config));
  await app.listen(config.PIAOYAN_HTTP_PORT, config.PIAOYAN_HTTP_HOST);
  logger.log({ url: await app.getUrl(), msg: 'listening' }, 'Api');
}

main().catch((error: unknown) => {
  process.stderr.write(`api did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
