import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { EgressConfig, parseConfig } from '@app/config';
import { SUITES } from '@app/crypto';
import { JsonLogger } from '@app/observability';
import { GenericDescription, parseSettingsFile, ProviderDialects } from '@app/providers';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createEgressApp, type GatewayTls } from './egress-app';
import { announceStop, createHealthApp } from './health-app';
import { Journal } from './journal/journal';
import { JournalKeeper } from './journal/journal-keeper';
import { loadProviderAccounts } from './upstream/providers-file';
import { UpstreamCaller } from './upstream/upstream-caller';

// Time for the journal's own writes around the longest call; only then does another process take an attempt for interrupted.
const SETTLE_MARGIN_MS = 15_000;
const DAY_MS = 86_400_000;

async function main(): Promise<void> {
  const config = parseConfig(EgressConfig);
  const logger = new JsonLogger({ process: 'egress', level: config.PIAOYAN_LOG_LEVEL });
  const dialects = await readDialects(config.PIAOYAN_GENERIC_PROVIDER_FILE);
  const upstream = await UpstreamCaller.create(await loadProviderAccounts(config.PIAOYAN_EGRESS_PROVIDERS_FILE, dialects), {
    dialects,
    onClockSkew: (provider, { isSkewed, skewMs }) => {
      const msg = isSkewed ? 'the clocks of this machine and of the provider differ' : 'the clocks agree again';
      logger.warn({ msg, provider, skewSeconds: Math.round(skewMs / 1_000) }, 'Clock');
    },
  });
  const settleWithinMs = upstream.longestCallMs + SETTLE_MARGIN_MS;
  const journal = await Journal.open({
    directory: config.PIAOYAN_EGRESS_JOURNAL_DIR,
    suite: SUITES[config.PIAOYAN_CRYPTO_SUITE],
    settleWithinMs,
  });
  const keeper = new JournalKeeper(journal.packing(config.PIAOYAN_EGRESS_REPLY_DAYS * DAY_MS), logger);
  const app = await createEgressApp({ tls: await readTls(config), journal, upstream, logger });
  const health = await createHealthApp({ journal, keeper }, logger);
  stopOnSignal({ app, health, keeper }, settleWithinMs);
  await app.listen(config.PIAOYAN_EGRESS_PORT, config.PIAOYAN_EGRESS_HOST);
  await health.listen(config.PIAOYAN_HEALTH_PORT, config.PIAOYAN_HEALTH_HOST);
  keeper.start();
  logger.log({ msg: 'listening', port: config.PIAOYAN_EGRESS_PORT, providers: upstream.providers }, 'Main');
}

/** The gateway only writes requests: codes that an installation adds are the worker's business. */
async function readDialects(genericFile: string | undefined): Promise<ProviderDialects> {
  if (genericFile === undefined) return new ProviderDialects();
  return new ProviderDialects({ generic: parseSettingsFile(genericFile, await readFile(genericFile, 'utf8'), GenericDescription) });
}

async function readTls(config: EgressConfig): Promise<GatewayTls> {
  return {
    cert: await readFile(config.PIAOYAN_TLS_CERT_FILE, 'utf8'),
    key: await readFile(config.PIAOYAN_TLS_KEY_FILE, 'utf8'),
    clientCa: await readFile(config.PIAOYAN_TLS_CLIENT_CA_FILE, 'utf8'),
  };
}

interface Running {
  app: NestFastifyApplication;
  health: NestFastifyApplication;
  keeper: JournalKeeper;
}

/** Takes no more calls, finishes those under way, and ends; after `deadlineMs` every call must have been settled. */
function stopOnSignal({ app, health, keeper }: Running, deadlineMs: number): void {
  const stop = async (): Promise<void> => {
    announceStop(health);
    setTimeout(() => process.exit(1), deadlineMs).unref();
    await Promise.all([app.close(), keeper.stop()]);
    await health.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}

main().catch((error: unknown) => {
  process.stderr.write(`egress did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
