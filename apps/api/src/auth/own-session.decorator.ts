import { ProblemError } from '@app/contracts';
import type { SignedIn } from '@app/identity';
import type { Authentication } from '@app/tenancy';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { AuthenticatedRequest } from './authenticated-request';

/**
 * How far a person must have come for a route about their own session, which no role grants and every person has. `begun`: the password was
 * right. `waiting`: the code is still to come. `signedIn`: the code too, though a password may have to be changed or a second factor to be
 * enrolled. `free`: nothing is left to be done.
 */
export type SessionNeed = 'begun' | 'waiting' | 'signedIn' | 'free';

/** Marks a route that is for a person's own session instead of naming a scope. */
export const OwnSession = Reflector.createDecorator<SessionNeed>();

/** Whether the caller's session has come as far as a route needs. A program never has one. */
export function isSessionFit({ session }: Authentication, need: SessionNeed): boolean {
  if (session === undefined) return false;
  switch (need) {
    case 'begun':
      return true;
    case 'waiting':
      return session.stage === 'secondFactor';
    case 'signedIn':
      return session.stage === 'open';
    case 'free':
      return session.stage === 'open' && !session.mustChangePassword && !session.mustEnrolSecondFactor;
  }
}

/** The person whose session the request carries. */
export const Person = createParamDecorator((_data: unknown, context: ExecutionContext): SignedIn => {
  const { authentication } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (authentication?.session === undefined) throw new ProblemError('unauthenticated');
  return { ...authentication, session: authentication.session };
});
