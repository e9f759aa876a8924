import type { Client } from '@app/tenancy';
import type { FastifyRequest } from 'fastify';
import { CallFailure } from './call-failure';

/** A request after its dialect's guard let it pass. */
export type DropInRequest<Call> = FastifyRequest & { dropIn?: { client: Client; call: Call } };

/** What the guard learnt of a request. */
export function callOf<Call>(request: DropInRequest<Call>): { client: Client; call: Call } {
  if (request.dropIn === undefined) throw new CallFailure('unknown');
  return request.dropIn;
}

/** Whether the client has hung up: there is nobody left to wait for. */
export function hasGone(request: FastifyRequest): boolean {
  return request.raw.socket.destroyed;
}
