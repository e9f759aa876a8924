import type { Client, ClientCheck } from '@app/tenancy';
import type { FastifyRequest } from 'fastify';
import { originOf } from '../auth/origin-of';
import type { RefusalReason, Refusals } from '../auth/refusals';
import { CallFailure } from './call-failure';

const REASONS = { disabled: 'revoked', addressNotAllowed: 'wrongAddress' } as const satisfies Record<string, RefusalReason>;

/** The client of a checked call, with where the call came from. @throws CallFailure for one that is refused, which is on record */
export async function admittedClient(request: FastifyRequest, check: ClientCheck, refusals: Refusals): Promise<Client> {
  if (check.refused === undefined) {
    const { client } = check;
    return { ...client, tenant: { ...client.tenant, origin: originOf(request) } };
  }
  if (check.refused === 'unknown') refusals.ofStranger(request);
  else await refusals.ofKnown(request, { tenant: check.tenant, reason: REASONS[check.refused] });
  throw new CallFailure(check.refused);
}
