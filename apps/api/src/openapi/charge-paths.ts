import { ChargeSummaryQuery } from '@app/contracts';
import { EXAMPLES } from './examples';
import { pageParameters } from './parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';

/** What verifications cost. */
export function chargePaths(): object {
  return {
    '/v1/charges': {
      get: {
        tags: ['charges'],
        operationId: 'listCharges',
        summary: 'What verification attempts cost, newest first',
        parameters: pageParameters(),
        responses: { 200: json('One page', 'ChargePage', EXAMPLES.charges), ...problems('invalid-field') },
      },
    },
    '/v1/charges/summary': {
      get: {
        tags: ['charges'],
        operationId: 'summariseCharges',
        summary: 'What the calls of some days came to, by day, month or provider; at most 400 days of Asia/Shanghai',
        parameters: queryParameters(ChargeSummaryQuery),
        responses: { 200: json('The sums', 'ChargeSummary', EXAMPLES.chargeSummary), ...problems('invalid-field') },
      },
    },
  };
}
