import { proposed } from './approval-paths';
import { type SchemaName, schemaRef } from './json-schemas';
import { ID } from './parameters';
import { json, problems } from './responses';
import { RETENTION_EXAMPLES } from './retention-examples';

const PAGE = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
  { name: 'before', in: 'query', description: 'The `next` of the page before', schema: { type: 'string', format: 'uuid' } },
];

/** The paths of retention, its proofs, and legal holds. */
export function retentionPaths(): object {
  return { ...rulePaths(), ...holdPaths() };
}

function rulePaths(): object {
  return {
    '/v1/retention': {
      get: {
        tags: ['retention'],
        operationId: 'getRetention',
        summary: 'After how many days each class of data is erased; null is never',
        responses: { 200: json('The rules that stand', 'RetentionView', RETENTION_EXAMPLES.view), ...problems() },
      },
      put: {
        tags: ['retention'],
        operationId: 'proposeRetention',
        summary: 'Propose other rules; what is not named stays. They hold, as a new version, when a second person has approved them',
        requestBody: body('RetentionRequest', RETENTION_EXAMPLES.request),
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', 'retention-outdated') },
      },
    },
    '/v1/retention/preview': {
      get: {
        tags: ['retention'],
        operationId: 'previewRetention',
        summary: 'How many records of each class a run would erase now, counted up to 10000; nothing is erased',
        responses: { 200: json('The counts', 'RetentionPreview', RETENTION_EXAMPLES.preview), ...problems() },
      },
    },
    '/v1/retention/erasures': {
      get: {
        tags: ['retention'],
        operationId: 'listErasures',
        summary: 'Proofs of what was erased: of which class, when, by which rule, and its SHA-256; newest first',
        parameters: PAGE,
        responses: { 200: json('One page', 'ErasureProofPage', RETENTION_EXAMPLES.erasures), ...problems('invalid-field') },
      },
    },
  };
}

function holdPaths(): object {
  return {
    '/v1/legal-holds': {
      post: {
        tags: ['retention'],
        operationId: 'placeLegalHold',
        summary: 'Keep a receipt, or a bill of the ledger with all that shows or verified it, from being erased (法律保留)',
        requestBody: body('LegalHoldRequest', RETENTION_EXAMPLES.holdRequest),
        responses: {
          201: json('The hold', 'LegalHoldView', RETENTION_EXAMPLES.hold),
          ...problems('invalid-request', 'invalid-field', 'not-found'),
        },
      },
      get: {
        tags: ['retention'],
        operationId: 'listLegalHolds',
        summary: 'Holds, standing and released, newest first',
        parameters: PAGE,
        responses: { 200: json('One page', 'LegalHoldPage', RETENTION_EXAMPLES.holds), ...problems('invalid-field') },
      },
    },
    '/v1/legal-holds/{id}': {
      delete: {
        tags: ['retention'],
        operationId: 'releaseLegalHold',
        summary: 'Release a hold; that it stood, and why it was released, stays on record',
        parameters: [ID],
        requestBody: body('LegalHoldRelease', { reason: '结案' }),
        responses: {
          200: json('The hold, released', 'LegalHoldView', RETENTION_EXAMPLES.hold),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'hold-released'),
        },
      },
    },
  };
}

function body(name: SchemaName, example: unknown): object {
  return { required: true, content: { 'application/json': { schema: schemaRef(name), examples: { one: { value: example } } } } };
}
