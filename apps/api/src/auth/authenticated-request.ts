import type { Authentication } from '@app/tenancy';
import type { FastifyRequest } from 'fastify';

/** A request after the guard let it pass. */
export type AuthenticatedRequest = FastifyRequest & { authentication?: Authentication };
