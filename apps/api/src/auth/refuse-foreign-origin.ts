import { ProblemError } from '@app/contracts';
import type { FastifyRequest } from 'fastify';

/**
 * Refuses a request that a browser says another site sent. Programs send neither header; for them and for old browsers the token decides.
 * @throws ProblemError csrf-refused
 */
export function refuseForeignOrigin({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>): void {
  const { origin } = headers;
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ProblemError('csrf-refused');
  // TLS ends before this process: the scheme cannot be compared, the host can.
  if (origin !== undefined && URL.parse(origin)?.host !== host) throw new ProblemError('csrf-refused');
}
