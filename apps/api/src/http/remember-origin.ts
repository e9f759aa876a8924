import { requestUnderWay } from '@app/database';
import type { FastifyInstance } from 'fastify';
import { originOf } from '../auth/origin-of';

/**
 * Whatever a request causes is told with its origin, also before anybody is known: who signs in has no context yet that could carry it.
 * After the body was parsed, since its parser goes on in the connection's own context.
 */
export function rememberOrigin(fastify: FastifyInstance): void {
  fastify.addHook('preValidation', (request, _reply, done) => requestUnderWay.run(originOf(request), done));
}
