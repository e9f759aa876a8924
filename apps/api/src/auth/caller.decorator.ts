import { ProblemError } from '@app/contracts';
import type { Authentication } from '@app/tenancy';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './access.guard';

/** Who calls, with all they may do: for routes that hand on rights. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Authentication => {
  const { authentication } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!authentication) throw new ProblemError('unauthenticated');
  return authentication;
});
