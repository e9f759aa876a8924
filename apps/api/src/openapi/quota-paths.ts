import type { QuotasView } from '@app/contracts';
import { json, problems } from './responses';

/** Made up. */
export const QUOTAS_EXAMPLE: QuotasView = {
  version: 2,
  quotas: {
    uploadsPerDay: { limit: 5_000, used: 812, freeAt: '2026-07-13T16:00:00.000Z' },
    storedBytes: { limit: 1_099_511_627_776, used: 48_318_382_080, freeAt: null },
    waitingReceipts: { limit: 2_000, used: 14, freeAt: null },
    exportsPerDay: { limit: null, used: 3, freeAt: '2026-07-13T16:00:00.000Z' },
  },
  setAt: '2026-07-01T01:02:03.456Z',
};

/** The path of quotas. */
export function quotaPaths(): object {
  return {
    '/v1/quotas': {
      get: {
        tags: ['quotas'],
        operationId: 'getQuotas',
        summary: 'What the tenant may use up and has used; the operator sets it. A limit of null is none',
        responses: { 200: json('The quotas', 'QuotasView', QUOTAS_EXAMPLE), ...problems() },
      },
    },
  };
}
