import type { RequestOrigin } from '@app/database';
import type { FastifyRequest } from 'fastify';

/** Browsers send about 120 characters. */
const LONGEST_USER_AGENT = 200;

/** From where a request came, for the audit. What a client calls itself is its own word, and is kept as one line. */
export function originOf({ id, ip, headers }: Pick<FastifyRequest, 'id' | 'ip' | 'headers'>): RequestOrigin {
  const said = headers['user-agent']?.replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, ' ').trim();
  const userAgent = said === undefined || said === '' ? null : Array.from(said).slice(0, LONGEST_USER_AGENT).join('');
  return { requestId: id, clientAddress: ip, userAgent };
}
