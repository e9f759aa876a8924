import { BatchErrorQuery, BatchFileQuery, BatchUploadQuery, PageQuery } from '@app/contracts';
import { TABLE_LIMITS } from '@app/tabular';
import { BASIS_PARAMETERS } from './basis-parameters';
import { BINARY, ID, idempotencyKeyFor } from './parameters';
import { BATCH_EXAMPLES } from './verification-batch-examples';
import { PURPOSE_PARAMETERS } from './purpose-parameters';
import { schemaRef, type SchemaName } from './json-schemas';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';

const TAGS = ['verification batches'];
const IDEMPOTENCY_KEY = idempotencyKeyFor('gives the same batch again');
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const UPLOAD_PROBLEMS = [
  ...(['upload-empty', 'upload-missing', 'upload-several-files', 'upload-incomplete', 'invalid-request', 'request-timeout'] as const),
  ...(['upload-too-large', 'upload-unsupported-type', 'table-unsupported', 'table-encrypted', 'table-damaged'] as const),
  ...(['table-too-large', 'table-too-many-rows', 'table-header', 'batch-empty', 'invalid-field', 'idempotency-key-reused'] as const),
  'consent-reference-required' as const,
];

/** The batches' part of the OpenAPI document. */
export function verificationBatchPaths(): object {
  return {
    '/v1/verification-batches': {
      post: {
        tags: TAGS,
        operationId: 'uploadVerificationBatch',
        summary: `Upload a table of bills, XLSX or CSV of at most ${TABLE_LIMITS.maxBytes} bytes; every row is checked, nothing is asked yet`,
        parameters: [IDEMPOTENCY_KEY, ...BASIS_PARAMETERS, ...queryParameters(BatchUploadQuery)],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: BINARY.schema } } },
            [XLSX]: BINARY,
            'text/csv': BINARY,
            'application/octet-stream': BINARY,
          },
        },
        responses: { 201: json('The draft', 'VerificationBatchView', BATCH_EXAMPLES.draft), ...problems(...UPLOAD_PROBLEMS) },
      },
      get: {
        tags: TAGS,
        operationId: 'listVerificationBatches',
        summary: 'Batches, newest first',
        parameters: queryParameters(PageQuery),
        responses: { 200: json('One page', 'VerificationBatchPage', BATCH_EXAMPLES.page), ...problems('invalid-field') },
      },
    },
    '/v1/verification-batches/from-receipts': {
      post: {
        tags: TAGS,
        operationId: 'createVerificationBatchFromReceipts',
        summary: 'Make a batch of the bills of receipts; those that may not be verified yet stand in it with the reason',
        parameters: [IDEMPOTENCY_KEY, ...BASIS_PARAMETERS],
        requestBody: body('BatchFromReceiptsRequest', BATCH_EXAMPLES.fromReceipts),
        responses: {
          201: json('The draft', 'VerificationBatchView', BATCH_EXAMPLES.draft),
          ...problems(
            'invalid-request',
            'invalid-field',
            'not-found',
            'table-too-many-rows',
            'idempotency-key-reused',
            'consent-reference-required',
          ),
        },
      },
    },
    '/v1/verification-batches/template': {
      get: {
        tags: TAGS,
        operationId: 'getVerificationBatchTemplate',
        summary: 'An empty table to fill in',
        parameters: queryParameters(BatchFileQuery),
        responses: { 200: fileAnswer('The table'), ...problems('invalid-field') },
      },
    },
    '/v1/verification-batches/{id}': {
      get: {
        tags: TAGS,
        operationId: 'getVerificationBatch',
        summary: 'A batch, what it costs and how far it is; what its basis says is masked unless a purpose is named',
        parameters: [ID, ...PURPOSE_PARAMETERS],
        responses: { 200: json('The batch', 'VerificationBatchView', BATCH_EXAMPLES.running), ...problems('not-found', 'invalid-field') },
      },
    },
    '/v1/verification-batches/{id}/errors': {
      get: {
        tags: TAGS,
        operationId: 'listVerificationBatchErrors',
        summary: 'What keeps rows from being asked, in their order',
        parameters: [ID, ...queryParameters(BatchErrorQuery)],
        responses: { 200: json('One page', 'BatchErrorPage', BATCH_EXAMPLES.errors), ...problems('invalid-field', 'not-found') },
      },
    },
    '/v1/verification-batches/{id}/errors/file': {
      get: {
        tags: TAGS,
        operationId: 'getVerificationBatchErrorFile',
        summary: 'The same as a workbook or CSV; every export is audited',
        parameters: [ID, ...queryParameters(BatchFileQuery)],
        responses: { 200: fileAnswer('The errors'), ...problems('invalid-field', 'not-found') },
      },
    },
    '/v1/verification-batches/{id}/result': {
      get: {
        tags: TAGS,
        operationId: 'getVerificationBatchResult',
        summary: 'Every row with what became of it so far, as a workbook or CSV; every export is audited',
        parameters: [ID, ...queryParameters(BatchFileQuery)],
        responses: { 200: fileAnswer('The rows'), ...problems('invalid-field', 'not-found') },
      },
    },
    '/v1/verification-batches/{id}/start': {
      post: {
        tags: TAGS,
        operationId: 'startVerificationBatch',
        summary: 'Start asking; `calls` confirms the number of the estimate',
        parameters: [ID],
        requestBody: body('BatchStartRequest', BATCH_EXAMPLES.start),
        responses: {
          200: json('It runs', 'VerificationBatchView', BATCH_EXAMPLES.running),
          ...problems(
            'invalid-request',
            'invalid-field',
            'not-found',
            'batch-empty',
            'batch-state',
            'batch-estimate-changed',
            'consent-reference-required',
          ),
        },
      },
    },
    ...command('pause', 'pauseVerificationBatch', 'Ask for no further row; what is under way ends'),
    ...command('resume', 'resumeVerificationBatch', 'Go on asking'),
    ...command('cancel', 'cancelVerificationBatch', 'Never ask for the rows that were not asked; what is under way ends'),
  };
}

function command(name: string, operationId: string, summary: string): object {
  const responses = { 200: json('The batch', 'VerificationBatchView'), ...problems('not-found', 'batch-state') };
  return { [`/v1/verification-batches/{id}/${name}`]: { post: { tags: TAGS, operationId, summary, parameters: [ID], responses } } };
}

function body(name: SchemaName, example: unknown): object {
  return { required: true, content: { 'application/json': { schema: schemaRef(name), examples: { first: { value: example } } } } };
}

function fileAnswer(description: string): object {
  return { description, content: { [XLSX]: BINARY, 'text/csv': BINARY } };
}
