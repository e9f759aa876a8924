import { ProblemError } from '@app/contracts';
import { ApiKeys, type Authentication } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { IS_PUBLIC, PUBLIC_CONTROLLERS } from './public.decorator';
import { Scope } from './scope.decorator';

/** A request after the guard let it pass. */
export type AuthenticatedRequest = FastifyRequest & { authentication?: Authentication };

/** Lets a request pass when its API key is valid and has the route's scope. A route that names no scope is closed. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly apiKeys: ApiKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.isPublic(context)) return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const authentication = await this.authenticate(request.headers.authorization);
    const scope = this.reflector.get(Scope, context.getHandler());
    if (!authentication.scopes.has(scope)) throw new ProblemError('forbidden');
    request.authentication = authentication;
    return true;
  }

  private isPublic(context: ExecutionContext): boolean {
    const isMarked = this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [context.getHandler(), context.getClass()]);
    return isMarked === true || PUBLIC_CONTROLLERS.has(context.getClass());
  }

  private async authenticate(header: string | undefined): Promise<Authentication> {
    const presented = /^Bearer ([\w-]{1,200})$/i.exec(header ?? '')?.[1];
    const authentication = presented === undefined ? null : await this.apiKeys.authenticate(presented);
    if (authentication === null) throw new ProblemError('unauthenticated');
    return authentication;
  }
}
