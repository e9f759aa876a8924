import { ProblemError } from '@app/contracts';
import type { Authentication } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { AuthenticatedRequest } from './authenticated-request';
import { type Authenticator, AUTHENTICATORS, type RefusedProof } from './authenticator';
import { originOf } from './origin-of';
import { isSessionFit, OwnSession, type SessionNeed } from './own-session.decorator';
import { ProofThrottle } from './proof-throttle';
import { IS_PUBLIC, PUBLIC_CONTROLLERS } from './public.decorator';
import { Refusals } from './refusals';
import { RequestRate } from './request-rate';
import { Scope } from './scope.decorator';

/**
 * Lets a request pass when its caller is known and has the route's scope, or, where the route is about a person's own session, has come far
 * enough in it. A route that names neither is closed.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(AUTHENTICATORS) private readonly authenticators: readonly Authenticator[],
    private readonly refusals: Refusals,
    private readonly throttle: ProofThrottle,
    private readonly rate: RequestRate,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const authentication = await this.authenticate(request);
    this.rate.take(authentication);
    if (!this.isAllowed(authentication, context)) {
      await this.refusals.ofKnown(request, {
        tenant: authentication.tenant,
        reason: 'scope',
        ...wantedOf(this.reflector.get(Scope, context.getHandler())),
      });
      throw new ProblemError(isRestricted(authentication) ? 'session-restricted' : 'forbidden');
    }
    request.authentication = { ...authentication, tenant: { ...authentication.tenant, origin: originOf(request) } };
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
    this.throttle.assertMayTry(request);
    const proof = await this.firstProof(request);
    if (proof && !('refused' in proof)) {
      this.throttle.noteRight(request);
      return proof;
    }
    if (proof !== undefined) this.throttle.noteWrong(request);
    if (proof) await this.refusals.ofKnown(request, proof.refused);
    else this.refusals.ofStranger(request);
    throw new ProblemError('unauthenticated');
  }

  /** What the first kind of proof that the request carries proves; undefined where it carries none. */
  private async firstProof(request: FastifyRequest): Promise<Authentication | RefusedProof | null | undefined> {
    for (const authenticator of this.authenticators) {
      const proof = await authenticator.authenticate(request);
      if (proof !== undefined) return proof;
    }
    return undefined;
  }
}

/** Whether a person has something to do before anything else is open. */
function isRestricted(authentication: Authentication): boolean {
  return isSessionFit(authentication, 'signedIn') && !isSessionFit(authentication, 'free');
}

/** A route of one's own session names no scope. */
function wantedOf(scope: string | undefined): { wanted?: string } {
  return scope === undefined ? {} : { wanted: scope };
}
