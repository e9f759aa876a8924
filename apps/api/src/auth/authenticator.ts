import type { Authentication } from '@app/tenancy';
import type { FastifyRequest } from 'fastify';
import type { RefusedCaller } from './refusals';

/** A proof that was recognised and does not count, such as that of an expired key: answered like an unknown one, and on record. */
export interface RefusedProof {
  refused: RefusedCaller;
}

/** Recognises callers by one kind of proof that a request can carry. */
export interface Authenticator {
  /** Undefined where the request carries no proof of this kind, null where what it carries proves nothing. */
  authenticate(request: FastifyRequest): Promise<Authentication | RefusedProof | null | undefined>;
}

/** Injection token of the authenticators, in the order in which they are asked; the first that finds its kind of proof decides. */
export const AUTHENTICATORS = Symbol('AUTHENTICATORS');
