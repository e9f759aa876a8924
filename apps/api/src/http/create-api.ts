import { logRequests } from '@app/observability';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import fastifyStatic from '@fastify/static';
import { type DynamicModule, type LoggerService, type NestApplicationOptions, StandardSchemaValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { acceptForms } from '../drop-in/accept-forms';
import { FilterByPath } from '../drop-in/filter-by-path';
import { serveDocs } from '../openapi/serve-docs';
import { invalidFields } from './problem-of';

/** Five elements and an id need less than 1 kB; whoever sends more JSON than this is mistaken. */
const JSON_BODY_LIMIT_BYTES = 16 * 1024;
/** Beyond the longest upload (120 s), so that it is the upload's own deadline that answers. */
const REQUEST_TIMEOUT_MS = 150_000;

/** How the application stands in its network, and who is told of every route that it serves. */
export interface ApiOptions {
  trustedProxies?: readonly string[] | undefined;
  onRoute?: (route: { method: string | string[]; url: string }) => void;
}

/** Builds the HTTP application around a module graph: parsers, problem answers, documentation. It does not listen yet. */
export async function createApi(module: DynamicModule, logger: LoggerService, options: ApiOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: JSON_BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: newRequestId,
    trustProxy: options.trustedProxies === undefined ? false : [...options.trustedProxies],
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  if (options.onRoute !== undefined) fastify.addHook('onRoute', options.onRoute);
  acceptUploads(fastify);
  acceptForms(fastify);
  // Files are sent one by one where a controller says so; the plugin serves no folder on its own.
  void fastify.register(fastifyStatic, { root: __dirname, serve: false });
  void fastify.register(cookie);
  protectAnswers(fastify);
  logRequests(fastify);
  const nest: Pick<NestApplicationOptions, 'bodyParser' | 'logger' | 'abortOnError'> = {
    bodyParser: false,
    logger,
    abortOnError: false,
  };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, nest);
  app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalidFields }));
  app.useGlobalFilters(new FilterByPath());
  serveDocs(app);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT'], { useProcessExit: true });
  return app;
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

function protectAnswers(fastify: FastifyInstance): void {
  fastify.addHook('onSend', async (request, reply) => {
    void reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer');
    if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    return Promise.resolve();
  });
}
