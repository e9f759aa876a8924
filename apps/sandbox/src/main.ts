import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { parseConfig, SandboxConfig } from '@app/config';
import { JsonLogger } from '@app/observability';
import { GenericDescription, parseSettingsFile } from '@app/providers';
import { loadBook } from './book/load-book';
import { createSandbox } from './sandbox';

async function main(): Promise<void> {
  const config = parseConfig(SandboxConfig);
  const logger = new JsonLogger({ process: 'sandbox', level: config.PIAOYAN_LOG_LEVEL });
  const book = await loadBook(config.PIAOYAN_SANDBOX_BOOK_FILE);
  const server = await createSandbox({
    book,
    recordDirectory: config.PIAOYAN_SANDBOX_RECORD_DIR,
    keepRequests: config.PIAOYAN_SANDBOX_KEEP_REQUESTS,
    generic: await readDescription(config.PIAOYAN_GENERIC_PROVIDER_FILE),
    onError: (error) => logger.error({ msg: 'request failed', err: error }),
  });
  server.listen(config.PIAOYAN_SANDBOX_PORT, config.PIAOYAN_SANDBOX_HOST, () => {
    const { port } = server.address() as AddressInfo;
    logger.log({ msg: 'listening', host: config.PIAOYAN_SANDBOX_HOST, port, bills: book.bills.length });
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      server.close();
      server.closeAllConnections();
    });
  }
}

async function readDescription(file: string | undefined): Promise<GenericDescription | undefined> {
  return file === undefined ? undefined : parseSettingsFile(file, await readFile(file, 'utf8'), GenericDescription);
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
