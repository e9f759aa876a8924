import { BATCH_LIMITS } from '@app/receipts';
import { BASIS_PARAMETERS } from './basis-parameters';
import { EXAMPLES } from './examples';
import { schemaRef } from './json-schemas';
import { BINARY, ID, idempotencyKeyFor, numberOf, pageParameters, PREFER } from './parameters';
import { PURPOSE_PARAMETERS, VIEW_PURPOSE_PARAMETERS } from './purpose-parameters';
import { json, problems } from './responses';

const FILE_NAME = {
  name: 'X-File-Name',
  in: 'header',
  description: 'Name of a raw upload, percent-encoded UTF-8',
  schema: { type: 'string' },
};
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

/** Uploads, what was read of them, its review, and their images. */
export function receiptPaths(): object {
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
