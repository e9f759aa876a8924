import { proposed } from './approval-paths';
import { type SchemaName, schemaRef } from './json-schemas';
import { ID, numberOf } from './parameters';
import { json, problems } from './responses';
import { SUBJECT_EXAMPLES } from './subject-examples';

const NUMBER = numberOf('The part, from 1');
const PAGE = [
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
  { name: 'before', in: 'query', description: 'The `next` of the page before', schema: { type: 'string', format: 'uuid' } },
];
const AFTER = {
  ...{ name: 'after', in: 'query', description: 'The `next` of the ids before' },
  schema: { type: 'integer', minimum: 0, maximum: 100_000, default: 0 },
};
const STATE = ['not-found', 'subject-request-state'] as const;

/** The paths of persons' requests, and of the erasure of a whole tenant. */
export function subjectPaths(): object {
  return { ...requestPaths(), ...actPaths(), ...tenantPaths() };
}

function requestPaths(): object {
  return {
    '/v1/subject-requests': {
      post: {
        tags: ['subject requests'],
        operationId: 'openSubjectRequest',
        summary: 'Open a request of a person by exactly this payer, as on the bill; a worker searches what names them',
        requestBody: body('SubjectRequestOrder', SUBJECT_EXAMPLES.order),
        responses: {
          201: json('Searching', 'SubjectRequestView', SUBJECT_EXAMPLES.view),
          ...problems('invalid-request', 'invalid-field'),
        },
      },
      get: {
        tags: ['subject requests'],
        operationId: 'listSubjectRequests',
        summary: 'Requests, newest first, each with how much was found and the day by which it is to be answered; none repeats the name',
        parameters: PAGE,
        responses: { 200: json('One page', 'SubjectRequestPage', SUBJECT_EXAMPLES.page), ...problems('invalid-field') },
      },
    },
    '/v1/subject-requests/{id}': {
      get: {
        tags: ['subject requests'],
        operationId: 'getSubjectRequest',
        summary: 'A request: its state, and at most 1000 ids each of the receipts and verifications that were found',
        parameters: [ID, AFTER],
        responses: { 200: json('The request', 'SubjectRequestView', SUBJECT_EXAMPLES.view), ...problems('not-found', 'invalid-field') },
      },
    },
    '/v1/subject-requests/{id}/exports/{number}': {
      get: {
        tags: ['subject requests'],
        operationId: 'fetchSubjectExport',
        summary: 'One part of the copy, with a signed statement of its hash; each fetch is on record. Parts expire',
        parameters: [ID, NUMBER],
        responses: {
          200: {
            description: 'A ZIP archive of `export.zip`, `statement.json`, `statement.sig`, `public-key.pem`',
            content: { 'application/zip': { schema: { type: 'string', format: 'binary' } } },
          },
          ...problems('not-found', 'subject-export-expired', 'evidence-key-missing', 'malware-found', 'scanner-unavailable'),
        },
      },
    },
  };
}

function actPaths(): object {
  return {
    '/v1/subject-requests/{id}/search': {
      post: {
        tags: ['subject requests'],
        operationId: 'searchSubjectAgain',
        summary: 'Search again: what was found may be of days ago',
        parameters: [ID],
        responses: { 202: json('Searching', 'SubjectRequestView'), ...problems(...STATE) },
      },
    },
    '/v1/subject-requests/{id}/export': {
      post: {
        tags: ['subject requests'],
        operationId: 'exportSubject',
        summary: 'Have a copy made of what was found, without what names somebody else',
        parameters: [ID],
        responses: { 202: json('Exporting', 'SubjectRequestView'), ...problems(...STATE) },
      },
    },
    '/v1/subject-requests/{id}/erasure': {
      post: {
        tags: ['subject requests'],
        operationId: 'proposeSubjectErasure',
        summary:
          'Propose to erase what was found, bound to its hash. It goes when a second person has approved it, but what is under a hold',
        parameters: [ID],
        requestBody: body('SubjectErasureRequest', SUBJECT_EXAMPLES.erasure),
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', ...STATE, 'approval-outdated') },
      },
    },
    '/v1/subject-requests/{id}/close': {
      post: {
        tags: ['subject requests'],
        operationId: 'closeSubjectRequest',
        summary: 'End a request that was answered, or is refused; the name goes',
        parameters: [ID],
        requestBody: body('SubjectRequestClosing', SUBJECT_EXAMPLES.closing),
        responses: { 200: json('Closed', 'SubjectRequestView'), ...problems('invalid-request', 'invalid-field', ...STATE) },
      },
    },
  };
}

function tenantPaths(): object {
  return {
    '/v1/tenant-erasure': {
      post: {
        tags: ['retention'],
        operationId: 'proposeTenantErasure',
        summary: 'Propose to erase everything of the tenant. Once a second person approved it, an operator does it at the command line',
        requestBody: body('TenantErasureRequest', SUBJECT_EXAMPLES.tenantErasure),
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', 'tenant-name-differs') },
      },
    },
  };
}

function body(name: SchemaName, example: unknown): object {
  return { required: true, content: { 'application/json': { schema: schemaRef(name), examples: { one: { value: example } } } } };
}
