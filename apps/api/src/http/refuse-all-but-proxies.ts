import { ProblemError } from '@app/contracts';
import { isAddressAllowed, networkOf } from '@app/tenancy';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Asked by the machine that runs the process, over its own network, and says nothing of a tenant. */
const HEALTH = /^\/health(\/|\?|$)/;

/**
 * Refuses who does not come through a proxy that ends TLS, and what a proxy says came to it in clear: a caller who goes round the proxy would
 * send credentials in clear, and could name any address.
 */
export function refuseAllButProxies(fastify: FastifyInstance, proxies: readonly string[]): void {
  const networks = proxies.map((one) => (one.includes('/') ? one : networkOf(one)));
  const mayCall = (request: FastifyRequest): boolean => {
    const told = request.headers['x-forwarded-proto'];
    const isFromProxy = networks.length > 0 && isAddressAllowed(request.socket.remoteAddress ?? '', networks);
    return HEALTH.test(request.url) || (isFromProxy && (told === undefined || told === 'https'));
  };
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(mayCall(request) ? undefined : new ProblemError('proxy-required'));
  });
}
