import { ChargeSummaryQuery, PageQuery } from '@app/contracts';
import { BATCH_LIMITS } from '@app/receipts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { LONGEST_WAIT_SECONDS } from '../http/prefer-wait';
import { apiKeyPaths } from './api-key-paths';
import { auditPaths } from './audit-paths';
import { dropInPaths } from './drop-in-paths';
import { approvalPaths, proposed } from './approval-paths';
import { billPaths } from './bill-paths';
import { EXAMPLES } from './examples';
import { identityPaths } from './identity-paths';
import { componentSchemas, schemaRef } from './json-schemas';
import { quotaPaths } from './quota-paths';
import { consentPolicyPaths } from './consent-policy-paths';
import { BASIS_PARAMETERS } from './basis-parameters';
import { PURPOSE_PARAMETERS, VIEW_PURPOSE_PARAMETERS } from './purpose-parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';
import { keyExportPaths } from './key-export-paths';
import { retentionPaths } from './retention-paths';
import { subjectPaths } from './subject-paths';
import { verificationBatchPaths } from './verification-batch-paths';
import { webhookMessages, webhookPaths } from './webhook-paths';
import { DRY_RUN_EXAMPLE } from './dry-run-example';
import { providerRegisterPaths } from './provider-register-paths';

const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };
const PREFER = {
  name: 'Prefer',
  in: 'header',
  description: `wait=N holds the request open until the result is there, at most ${LONGEST_WAIT_SECONDS} seconds (RFC 7240)`,
  schema: { type: 'string', examples: ['wait=20'] },
};
const FILE_NAME = {
  name: 'X-File-Name',
  in: 'header',
  description: 'Name of a raw upload, percent-encoded UTF-8',
  schema: { type: 'string' },
};
const idempotencyKeyFor = (effect: string): object => ({
  name: 'Idempotency-Key',
  in: 'header',
  description: `The same key with the same request ${effect}, for ever`,
  schema: { type: 'string', maxLength: 255 },
});
const IDEMPOTENCY_KEY = idempotencyKeyFor('gives the same verification again');
const numberOf = (description: string): object => ({
  name: 'number',
  in: 'path',
  required: true,
  description,
  schema: { type: 'integer', minimum: 1 },
});
const BINARY = { schema: { type: 'string', format: 'binary' } };
const DOCUMENTS = { 'application/xml': BINARY, 'application/pdf': BINARY, 'application/ofd': BINARY };
const UPLOAD_PROBLEMS = [
  ...(['upload-empty', 'upload-missing', 'upload-several-files', 'upload-incomplete', 'invalid-request', 'request-timeout'] as const),
  ...(['upload-too-large', 'upload-unsupported-type', 'image-too-many-pixels', 'image-damaged', 'document-unsafe'] as const),
  ...(['quota-exceeded', 'storage-quota-exceeded', 'malware-found', 'scanner-unavailable'] as const),
  ...(['document-encrypted', 'upload-archive', 'invalid-field', 'consent-reference-required'] as const),
];
const BATCH_PROBLEMS = [
  ...(['upload-empty', 'upload-missing', 'upload-several-files', 'upload-incomplete', 'invalid-request', 'request-timeout'] as const),
  ...(['upload-too-large', 'upload-unsupported-type', 'upload-not-archive', 'archive-damaged', 'document-unsafe'] as const),
  ...(['document-encrypted', 'invalid-field', 'idempotency-key-reused', 'quota-exceeded', 'storage-quota-exceeded'] as const),
  'consent-reference-required' as const,
];
const RECEIPT_PROBLEMS = ['receipt-not-read', 'receipt-refused', 'receipt-needs-review'] as const;

/** The API as OpenAPI 3.1: a public contract. The copy in docs/api is written from here. */
export function apiDocument(): OpenAPIObject {
  const document = {
    openapi: '3.1.0',
    info: {
      title: 'Piaoyan 票验',
      version: '1',
      description:
        'Reads fiscal bills (财政票据) on premises and verifies them by five elements. Identifiers and money are strings, days are calendar days in Asia/Shanghai. Every failure is a problem (RFC 9457) whose `code` is stable and whose `id` stands in the log.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ apiKey: [] }, { session: [] }],
    tags: [
      { name: 'receipts' },
      { name: 'verifications' },
      { name: 'verification batches' },
      { name: 'charges' },
      { name: 'bills' },
      { name: 'audit' },
      { name: 'drop-in' },
      { name: 'approvals' },
      { name: 'webhooks' },
      { name: 'api keys' },
      { name: 'retention' },
      { name: 'keys' },
      { name: 'subject requests' },
      { name: 'quotas' },
      { name: 'session' },
      { name: 'users' },
      { name: 'departments' },
      { name: 'health' },
    ],
    paths: {
      ...receiptPaths(),
      ...verificationPaths(),
      ...verificationBatchPaths(),
      ...policyPaths(),
      ...consentPolicyPaths(),
      ...providerRegisterPaths(),
      ...chargePaths(),
      ...billPaths(),
      ...auditPaths(),
      ...approvalPaths(),
      ...dropInPaths(),
      ...webhookPaths(),
      ...apiKeyPaths(),
      ...retentionPaths(),
      ...keyExportPaths(),
      ...subjectPaths(),
      ...quotaPaths(),
      ...identityPaths(),
      ...healthPaths(),
    },
    webhooks: webhookMessages(),
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'piaoyan_…',
          description: 'API key of a tenant. A key that signs is not presented: see docs/operations/api-keys.md',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-piaoyan_session',
          description:
            'Session of a person. Every request but GET, HEAD and OPTIONS also carries the `csrfToken` of the session in `X-CSRF-Token`',
        },
      },
      schemas: componentSchemas(),
    },
  };
  return document as unknown as OpenAPIObject;
}

function receiptPaths(): object {
  return {
    '/v1/receipts': {
      post: {
        tags: ['receipts'],
        operationId: 'uploadReceipt',
        summary: 'Upload one receipt to be read',
        parameters: [PREFER, FILE_NAME, ...BASIS_PARAMETERS],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: BINARY.schema } } },
            'image/*': BINARY,
            ...DOCUMENTS,
            'application/octet-stream': BINARY,
          },
        },
        responses: {
          201: json('Read, or failed for good', 'ReceiptView'),
          202: json('Stored; it is being read', 'ReceiptView', EXAMPLES.receipt),
          ...problems(...UPLOAD_PROBLEMS),
        },
      },
      get: {
        tags: ['receipts'],
        operationId: 'listReceipts',
        summary: 'Receipts, newest first',
        parameters: pageParameters(),
        responses: { 200: json('One page', 'ReceiptPage', EXAMPLES.receipts), ...problems('invalid-field') },
      },
    },
    '/v1/receipts/batch': {
      post: {
        tags: ['receipts'],
        operationId: 'uploadReceiptBatch',
        summary: `Upload a ZIP archive of receipts, at most ${BATCH_LIMITS.maxBytes} bytes and ${BATCH_LIMITS.maxEntries} entries; each document becomes a receipt`,
        parameters: [idempotencyKeyFor('gives the same receipts again, and goes on where an earlier try ended'), ...BASIS_PARAMETERS],
        requestBody: {
          required: true,
          content: {
            'multipart/form-data': { schema: { type: 'object', required: ['file'], properties: { file: BINARY.schema } } },
            'application/zip': BINARY,
            'application/octet-stream': BINARY,
          },
        },
        responses: {
          202: json('Every document was looked at; those with a receipt are being read', 'BatchView', EXAMPLES.batch),
          ...problems(...BATCH_PROBLEMS),
        },
      },
    },
    '/v1/receipts/{id}': {
      get: {
        tags: ['receipts'],
        operationId: 'getReceipt',
        summary: 'A receipt and its reading; personal fields are masked unless a purpose is named',
        parameters: [ID, ...PURPOSE_PARAMETERS],
        responses: { 200: json('The receipt', 'ReceiptView', EXAMPLES.shownReceipt), ...problems('not-found', 'invalid-field') },
      },
    },
    '/v1/receipts/{id}/review': {
      post: {
        tags: ['receipts'],
        operationId: 'reviewReceipt',
        summary:
          'Open a review: the receipt and its reading for the person who corrects it. Nothing is masked, and the audit says who looked. For four hours the review is also what its images are looked at for',
        parameters: [ID],
        responses: { 200: json('The receipt', 'ReceiptView', { ...EXAMPLES.receipt, masked: false }), ...problems('not-found') },
      },
    },
    '/v1/receipts/{id}/bills/{number}/corrections': {
      post: {
        tags: ['receipts'],
        operationId: 'correctBill',
        summary: 'Correct and confirm what was read of a bill; the reading is kept beside it',
        parameters: [ID, numberOf('Which bill of the reading, from 1')],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemaRef('CorrectionRequest'), examples: { first: { value: EXAMPLES.correctionRequest } } },
          },
        },
        responses: {
          201: json('The review that stands now', 'CorrectionView', EXAMPLES.correction),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'receipt-not-read', 'correction-outdated', 'erased'),
        },
      },
    },
    '/v1/receipts/{id}/image': {
      get: {
        tags: ['receipts'],
        operationId: 'getReceiptImage',
        summary: 'The uploaded document; every view is audited with its purpose',
        parameters: [ID, ...VIEW_PURPOSE_PARAMETERS],
        responses: {
          200: { description: 'The bytes as uploaded', content: { 'image/*': BINARY, ...DOCUMENTS } },
          ...problems(
            ...(['not-found', 'erased', 'purpose-required', 'invalid-field', 'malware-found', 'scanner-unavailable'] as const),
            ...(['original-damaged', 'original-missing'] as const),
          ),
        },
      },
    },
    '/v1/receipts/{id}/pages/{number}/image': {
      get: {
        tags: ['receipts'],
        operationId: 'getReceiptPageImage',
        summary: 'A page of a receipt that was read, as a picture, upright; every view is audited with its purpose',
        parameters: [ID, numberOf('Which page, from 1'), ...VIEW_PURPOSE_PARAMETERS],
        responses: {
          200: {
            description: 'The page, at most 2400 pixels on its longest side, or the text the file gives where it cannot be drawn',
            content: { 'image/webp': BINARY, 'image/svg+xml': BINARY },
          },
          ...problems('not-found', 'erased', 'receipt-not-read', 'purpose-required', 'invalid-field', 'picture-damaged'),
        },
      },
    },
  };
}

function verificationPaths(): object {
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

function policyPaths(): object {
  return {
    '/v1/verification-policy': {
      get: {
        tags: ['verifications'],
        operationId: 'getVerificationPolicy',
        summary: 'What the tenant allows its verifications: its rules, and their version',
        responses: { 200: json('The policy', 'VerificationPolicyView', EXAMPLES.policy), ...problems() },
      },
      put: {
        tags: ['verifications'],
        operationId: 'proposeVerificationPolicy',
        summary: 'Propose other rules; what is not named stays. They hold when a second person has approved them',
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemaRef('VerificationPolicyChange'), examples: { quota: { value: EXAMPLES.policyChange } } },
          },
        },
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', 'approval-outdated') },
      },
    },
    '/v1/rules': {
      get: {
        tags: ['verifications'],
        operationId: 'listRules',
        summary:
          'The rules that come with the product, in words, with their versions; what the tenant sets beside them is its verification policy',
        responses: { 200: json('All rules', 'RuleSets'), ...problems() },
      },
    },
    '/v1/verification-policy/dry-run': {
      post: {
        tags: ['verifications'],
        operationId: 'dryRunVerificationPolicy',
        summary: 'What other rules would have decided otherwise of the newest requests, 2,000 of the last 30 days at most; changes nothing',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemaRef('PolicyDryRunRequest'),
              examples: { quota: { value: { version: 3, dailyQuota: 8_000 } } },
            },
          },
        },
        responses: {
          200: json('What was found', 'PolicyDryRun', DRY_RUN_EXAMPLE),
          ...problems('invalid-request', 'invalid-field', 'approval-outdated'),
        },
      },
    },
    '/v1/providers': {
      get: {
        tags: ['verifications'],
        operationId: 'listProviders',
        summary: 'Whether each provider may be called; verifications wait for one that may not',
        responses: { 200: json('All providers', 'ProviderList', EXAMPLES.providers), ...problems() },
      },
    },
  };
}

function chargePaths(): object {
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

function healthPaths(): object {
  const health = (summary: string): object => ({
    get: {
      tags: ['health'],
      summary,
      security: [],
      responses: { 200: { description: 'Yes' }, 503: { description: 'No; `failing` names why' } },
    },
  });
  return {
    '/health/live': health('The process runs'),
    '/health/startup': health('The process has started'),
    '/health/ready': health('The process can serve'),
  };
}

function pageParameters(): object[] {
  return queryParameters(PageQuery);
}
