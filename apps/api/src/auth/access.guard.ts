import { ProblemError } from '@app/contracts';
import type { Authentication } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Authenticator, AUTHENTICATORS } from './authenticator';
import { isSessionFit, OwnSession, type SessionNeed } from './own-session.decorator';
import { IS_PUBLIC, PUBLIC_CONTROLLERS } from './public.decorator';
import { Scope } from './scope.decorator';

/** A request after the guard let it pass. */
export type AuthenticatedRequest = FastifyRequest & { authentication?: Authentication };

/**
 * Lets a request pass when its caller is known and has the route's scope, or, where the route is about a person's own session, has come far
 * enough in it. A route that names neither is closed.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATORS) private readonly authenticators: readonly Authenticator[],
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const authentication = await this.authenticate(request);
    if (!this.isAllowed(authentication, context)) throw new ProblemError(isRestricted(authentication) ? 'session-restricted' : 'forbidden');
    request.authentication = authentication;
    return true;
  }

  private isPublic(context: ExecutionContext): boolean {
    const isMarked = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    return isMarked === true || PUBLIC_CONTROLLERS.has(context.getClass());
  }

  private isAllowed(authentication: Authentication, context: ExecutionContext): boolean {
    const need = this.reflector.getAllAndOverride<SessionNeed | undefined>(OwnSession.KEY, [context.getHandler()]);
    if (need !== undefined) return isSessionFit(authentication, need);
    return authentication.scopes.has(this.reflector.get(Scope, context.getHandler()));
  }

  private async authenticate(request: FastifyRequest): Promise<Authentication> {
    for (const authenticator of this.authenticators) {
      const authentication = await authenticator.authenticate(request);
      if (authentication) return authentication;
      if (authentication === null) break;
    }
    throw new ProblemError('unauthenticated');
  }
}

/** Whether a person has something to do before anything else is open. */
function isRestricted(authentication: Authentication): boolean {
  return isSessionFit(authentication, 'signedIn') && !isSessionFit(authentication, 'free');
}
