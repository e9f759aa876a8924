import { ProblemError } from '@app/contracts';
import { Sessions } from '@app/identity';
import type { Authentication } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Authenticator, RefusedProof } from './authenticator';
import { refuseForeignOrigin } from './refuse-foreign-origin';
import { SessionCookie } from './session-cookie';

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Recognises people by the session in their cookie. A browser sends cookies along with whatever any page asks it to send: what changes
 * something must also carry the session's own token in a header, which only a page of ours can know.
 */
@Injectable()
export class SessionAuthenticator implements Authenticator {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  /** @throws ProblemError csrf-refused */
  async authenticate(request: FastifyRequest): Promise<Authentication | RefusedProof | null | undefined> {
    const token = this.cookie.read(request);
    if (token === undefined) return undefined;
    const check = await this.sessions.check(token, request.ip);
    if (check === null) return null;
    if ('refused' in check) return { refused: { tenant: check.tenant, reason: check.refused } };
    if (!SAFE_METHODS.has(request.method)) this.refuseForged(request, token);
    return check.recognised.authentication;
  }

  private refuseForged(request: FastifyRequest, token: string): void {
    refuseForeignOrigin(request);
    const presented = request.headers['x-csrf-token'];
    if (typeof presented !== 'string' || !this.sessions.isCsrfToken(presented, token)) throw new ProblemError('csrf-refused');
  }
}
