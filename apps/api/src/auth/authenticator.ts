import type { Authentication } from '@app/tenancy';
import type { FastifyRequest } from 'fastify';

/** Recognises callers by one kind of proof that a request can carry. */
export interface Authenticator {
  /** Undefined where the request carries no proof of this kind, null where what it carries proves nothing. */
  authenticate(request: FastifyRequest): Promise<Authentication | null | undefined>;
}

/** Injection token of the authenticators, in the order in which they are asked; the first that finds its kind of proof decides. */
export const AUTHENTICATORS = Symbol('AUTHENTICATORS');
