import { SERVER_TLS } from '@app/crypto';
import type { EventEmitter } from 'node:events';
import { logRequests } from '@app/observability';
import type { LoggerService, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { Refusals } from './calls/refusals';
import { EgressModule } from './egress.module';
import type { Journal } from './journal/journal';
import type { UpstreamCaller } from './upstream/upstream-caller';

/** The longest call in the contract's shape has 400 bytes; an image finds no room. */
const BODY_LIMIT_BYTES = 4_096;

/** Certificate and key of the gateway, and the authority that signed those of its callers, as PEM. */
export interface GatewayTls {
  cert: string;
  key: string;
  clientCa: string;
}

/** What the gateway is made of. */
export interface EgressParts {
  tls: GatewayTls;
  journal: Journal;
  upstream: UpstreamCaller;
  logger: LoggerService;
}

/** Builds the gateway's server: mutual TLS, JSON only, one small route. */
export async function createEgressApp({ tls, journal, upstream, logger }: EgressParts): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    https: { cert: tls.cert, key: tls.key, ca: tls.clientCa, requestCert: true, rejectUnauthorized: true, ...SERVER_TLS },
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: 10_000,
    forceCloseConnections: 'idle',
    logger: false,
  });
  const module = EgressModule.forRoot({ journal, upstream });
  const options: Pick<NestApplicationOptions, 'bodyParser' | 'logger' | 'abortOnError'> = {
    bodyParser: false,
    logger,
    abortOnError: false,
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  const fastify = adapter.getInstance<FastifyInstance>();
  fastify.removeContentTypeParser('text/plain');
  logRequests(fastify);
  countStrangers(fastify.server, app.get(Refusals), logger);
  return app;
}

/** A caller without an accepted certificate never becomes a request, so no filter sees it. */
function countStrangers(server: EventEmitter, refusals: Refusals, logger: LoggerService): void {
  server.on('tlsClientError', (error: Error & { code?: string }) => {
    const code = 'client-certificate';
    logger.warn({ msg: 'caller refused', code, count: refusals.add(code), reason: error.code }, 'Tls');
  });
}
