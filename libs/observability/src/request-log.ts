import { Logger } from '@nestjs/common';

/** What the request log reads of a request and its answer: Fastify's, by shape. */
interface LoggedRequest {
  id: string;
  method: string;
  routeOptions: { url?: string };
}
interface LoggedReply {
  statusCode: number;
  elapsedTime: number;
}
interface HookHost {
  addHook(name: 'onResponse', hook: (request: LoggedRequest, reply: LoggedReply) => Promise<void>): unknown;
}

/** Probes come every few seconds and say nothing. */
const SILENT = /^\/health\//;

/**
 * Writes one line for each answered request: its id, its route's template, its status and its duration.
 * The path itself is not written: it may name what only the tenant should know.
 */
export function logRequests(fastify: HookHost): void {
  const logger = new Logger('Http');
  fastify.addHook('onResponse', (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    if (!SILENT.test(route)) {
      const durationMs = Math.round(reply.elapsedTime);
      logger.log({ requestId: request.id, method: request.method, route, status: reply.statusCode, durationMs, msg: 'request answered' });
    }
    return Promise.resolve();
  });
}
