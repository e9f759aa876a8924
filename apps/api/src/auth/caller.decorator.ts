import { ProblemError } from '@app/contracts';
import type { Authentication } from '@app/tenancy';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AuthenticatedRequest } from './authenticated-request';

/** Who sent the request, by what proof, and what they may do: for routes that ask more than one scope. */
export const Caller = createParamDecorator((_data: unknown, context: ExecutionContext): Authentication => {
  const { authentication } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (authentication === undefined) throw new ProblemError('unauthenticated');
  return authentication;
});
