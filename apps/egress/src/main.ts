import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { EgressConfig, parseConfig } from '@app/config';
import { ConsoleLogger } from '@nestjs/common';
import { createEgressApp, type GatewayTls } from './egress-app';
import { createHealthServer } from './health/health-server';
import { Journal } from './journal/journal';
import { loadProviderAccounts } from './upstream/providers-file';
import { UpstreamCaller } from './upstream/upstream-caller';

// Time for the journal's own writes around the longest call; only then does another process take an attempt for interrupted.
const SETTLE_MARGIN_MS = 15_000;

async function main(): Promise<void> {
  const config = parseConfig(EgressConfig);
  const logger = new ConsoleLogger({ json: true, logLevels: ['log', 'warn', 'error', 'fatal'] });
  const upstream = await UpstreamCaller.create(await loadProviderAccounts(config.PIAOYAN_EGRESS_PROVIDERS_FILE));
  const settleWithinMs = upstream.longestCallMs + SETTLE_MARGIN_MS;
  const journal = await Journal.open({ directory: config.PIAOYAN_EGRESS_JOURNAL_DIR, settleWithinMs });
  const app = await createEgressApp({ tls: await readTls(config), journal, upstream, logger });
  await app.listen(config.PIAOYAN_EGRESS_PORT, config.PIAOYAN_EGRESS_HOST);
  const health = createHealthServer({ journal: () => journal.probe() });
  await listen(health, config.PIAOYAN_HEALTH_PORT, config.PIAOYAN_HEALTH_HOST);
  // Answers probes for as long as calls are finished, and keeps no stopped gateway alive.
  health.unref();
  logger.log({ event: 'listening', providers: upstream.providers }, 'Egress');
}

async function readTls(config: EgressConfig): Promise<GatewayTls> {
  return {
    cert: await readFile(config.PIAOYAN_TLS_CERT_FILE, 'utf8'),
    key: await readFile(config.PIAOYAN_TLS_KEY_FILE, 'utf8'),
    clientCa: await readFile(config.PIAOYAN_TLS_CLIENT_CA_FILE, 'utf8'),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`egress did not start: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
