import { ProblemError } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './authenticated-request';

/** The tenant whose API key the request carries. */
export const Tenant = createParamDecorator((_data: unknown, context: ExecutionContext): TenantContext => {
  const { authentication } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (authentication === undefined) throw new ProblemError('unauthenticated');
  return authentication.tenant;
});
