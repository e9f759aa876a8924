import { SERVER_TLS } from '@app/crypto';
import { logRequests } from '@app/observability';
import cors from '@fastify/cors';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { type DynamicModule, type LoggerService, type NestApplicationOptions, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { ProofThrottle } from '../auth/proof-throttle';
import { checkSignedBodies } from '../auth/signed-body';
import { acceptForms } from '../drop-in/accept-forms';
import { FilterByPath } from '../drop-in/filter-by-path';
import { serveDocs } from '../openapi/serve-docs';
import { protectAnswers } from './answer-headers';
import type { ApiOptions } from './api-options';
import { refuseAllButProxies } from './refuse-all-but-proxies';
import { invalidFields } from './problem-of';

/** Five elements and an id need less than 1 kB; whoever sends more JSON than this is mistaken. */
const JSON_BODY_LIMIT_BYTES = 16 * 1024;
/** Beyond the longest upload (120 s), so that it is the upload's own deadline that answers. */
const REQUEST_TIMEOUT_MS = 150_000;
/** A request's line and headers together, after which the answer is 431. */
const MAX_HEADER_BYTES = 16 * 1024;
/** Headers come at once; whoever sends them byte by byte only holds a connection. */
const HEADERS_TIMEOUT_MS = 15_000;
const MAX_CONNECTIONS = 2_048;

/** Builds the HTTP application around a module graph: parsers, problem answers, documentation. It does not listen yet. */
export async function createApi(module: DynamicModule, logger: LoggerService, options: ApiOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter(serverOptions(options));
  const fastify = adapter.getInstance<FastifyInstance>();
  if (options.onRoute !== undefined) fastify.addHook('onRoute', options.onRoute);
  acceptUploads(fastify);
  acceptForms(fastify);
  // Files are sent one by one where a controller says so; the plugin serves no folder on its own.
  void fastify.register(fastifyStatic, { root: __dirname, serve: false });
  void fastify.register(cookie);
  protectAnswers(fastify);
  if (options.isTlsInFront) refuseAllButProxies(fastify, options.trustedProxies ?? []);
  allowOrigins(fastify, options.corsOrigins ?? []);
  logRequests(fastify);
  logRefusedHandshakes(fastify, logger);
  const nest: Pick<NestApplicationOptions, 'bodyParser' | 'logger' | 'abortOnError'> = {
    bodyParser: false,
    logger,
    abortOnError: false,
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, nest);
  checkSignedBodies(fastify, (request) => app.get(ProofThrottle).noteWrong(request));
  fastify.server.maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
  fastify.server.headersTimeout = HEADERS_TIMEOUT_MS;
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidFields }));
  app.useGlobalFilters(new FilterByPath());
  serveDocs(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  return app;
}

function serverOptions({ trustedProxies, tls }: ApiOptions) {
  const common = {
    bodyLimit: JSON_BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: newRequestId,
    trustProxy: trustedProxies === undefined ? false : [...trustedProxies],
  };
  if (tls === undefined) return { ...common, http: { maxHeaderSize: MAX_HEADER_BYTES } };
  const { cert, key, clientCa } = tls;
  // Browsers and most programs have no certificate: who must have one is settled key by key.
  const asked = clientCa === undefined ? {} : { requestCert: true, rejectUnauthorized: false, ca: clientCa };
  return { ...common, https: { cert, key, ...SERVER_TLS, maxHeaderSize: MAX_HEADER_BYTES, ...asked } };
}

/** A caller that agrees with us on no TLS never becomes a request. One that only opens and closes, as load balancers do, is no news. */
function logRefusedHandshakes(fastify: FastifyInstance, logger: LoggerService): void {
  fastify.server.on('tlsClientError', ({ code = '' }: Error & { code?: string }, { remoteAddress }: TLSSocket) => {
    if (!code.startsWith('ERR_')) return;
    logger.warn({ msg: 'handshake refused', reason: code, clientAddress: remoteAddress }, 'Tls');
  });
}

/** No other origin may call, unless the operator names it; cookies are never sent along. */
function allowOrigins(fastify: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  const exposedHeaders = ['location', 'retry-after', 'content-disposition'];
  void fastify.register(cors, { origin: [...origins], credentials: false, exposedHeaders, maxAge: 600 });
}

/** Short enough to be read out on the telephone, long enough never to be the same twice in a log. */
function newRequestId(): string {
  return randomBytes(6).toString('hex');
}

/** Uploads are handed on as streams: neither a form nor a raw body is ever collected in memory. */
function acceptUploads(fastify: FastifyInstance): void {
  void fastify.register(multipart, { throwFileSizeLimit: false });
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    /^image\/|^application\/(?:octet-stream|xml|pdf|(?:vnd\.)?ofd|(?:x-)?zip|vnd\.openxmlformats-officedocument\.spreadsheetml\.sheet)|^text\/(?:xml|csv)/,
    (_request, payload, done) => done(null, payload),
  );
}
