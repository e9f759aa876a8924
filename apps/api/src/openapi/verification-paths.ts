import { proposed } from './approval-paths';
import { BASIS_PARAMETERS } from './basis-parameters';
import { EXAMPLES } from './examples';
import { schemaRef } from './json-schemas';
import { ID, idempotencyKeyFor, PREFER } from './parameters';
import { PURPOSE_PARAMETERS } from './purpose-parameters';
import { json, problems } from './responses';

const IDEMPOTENCY_KEY = idempotencyKeyFor('gives the same verification again');
const RECEIPT_PROBLEMS = ['receipt-not-read', 'receipt-refused', 'receipt-needs-review'] as const;

/** Single verifications and the settlement of their charges. */
export function verificationPaths(): object {
  return {
    '/v1/verifications': {
      post: {
        tags: ['verifications'],
        operationId: 'requestVerification',
        summary: 'Verify five elements, or a receipt',
        parameters: [PREFER, IDEMPOTENCY_KEY, ...BASIS_PARAMETERS],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemaRef('VerificationRequest'),
              examples: {
                elements: { value: { elements: EXAMPLES.elements } },
                receipt: { value: { receiptId: EXAMPLES.verification.receiptId } },
                confirmed: { value: { receiptId: EXAMPLES.verification.receiptId, elements: EXAMPLES.elements } },
              },
            },
          },
        },
        responses: {
          201: json('Ended', 'VerificationView', EXAMPLES.verification),
          202: json('Accepted; it is under way', 'VerificationView'),
          ...problems(
            'invalid-request',
            'invalid-field',
            'not-found',
            ...RECEIPT_PROBLEMS,
            'idempotency-key-reused',
            'last-try-unconfirmed',
            'consent-reference-required',
          ),
        },
      },
    },
    '/v1/verifications/{id}': {
      get: {
        tags: ['verifications'],
        operationId: 'getVerification',
        summary: 'A verification with its attempts; personal fields are masked unless a purpose is named',
        parameters: [ID, ...PURPOSE_PARAMETERS],
        responses: {
          200: json('The verification', 'VerificationView', EXAMPLES.shownVerification),
          ...problems('not-found', 'invalid-field'),
        },
      },
    },
    '/v1/verifications/{id}/settlement': {
      post: {
        tags: ['verifications', 'charges'],
        operationId: 'settleCharge',
        summary:
          'Settle the unknown charge of one attempt; it tells nothing of the bill, whose elements may then be asked again. Above the limit of a day, and for whoever asked, it takes a second person',
        parameters: [ID],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemaRef('SettlementRequest'), examples: { free: { value: EXAMPLES.settlementRequest } } },
          },
        },
        responses: {
          201: json('Settled; the same request gives the same settlement again', 'SettlementView', EXAMPLES.settlement),
          202: proposed(),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'charge-known', 'charge-settled'),
        },
      },
    },
  };
}
