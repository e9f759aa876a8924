import type { ApiKeyList, ApiKeyRequest, ApiKeyRotation, ApiKeySecretView, ApiKeyView } from '@app/contracts';
import { schemaRef, type SchemaName } from './json-schemas';
import { ID } from './parameters';
import { json, problems } from './responses';

const request: ApiKeyRequest = {
  name: 'claims system',
  scopes: ['receipt.write', 'receipt.read', 'verification.write', 'verification.read'],
  validDays: 180,
  signing: 'required',
  allowedNetworks: ['10.20.0.0/16'],
  certificateSha256: null,
};

const rotation: ApiKeyRotation = { overlapHours: 24, validDays: 180 };

const key: ApiKeyView = {
  id: '019ab1c2-8001-7b02-8c03-9d0405060708',
  name: request.name,
  prefix: 'piaoyan_',
  lastFour: '9Xk2',
  scopes: request.scopes,
  signing: 'required',
  allowedNetworks: request.allowedNetworks,
  certificateSha256: null,
  state: 'valid',
  createdAt: '2026-07-13T01:00:00.000Z',
  expiresAt: '2027-01-09T01:00:00.000Z',
  revokedAt: null,
  lastUsedAt: '2026-07-13T01:02:00.000Z',
  rotatedAt: null,
  previous: null,
};

const withSecret: ApiKeySecretView = { ...key, secret: 'piaoyan_no-real-key-only-an-example' };
const list: ApiKeyList = { items: [key] };

/** Examples of the keys' part of the OpenAPI document. */
export const API_KEY_EXAMPLES = { request, rotation, key, withSecret, list };

const body = (name: SchemaName, example: unknown): object => ({
  required: true,
  content: { 'application/json': { schema: schemaRef(name), examples: { first: { value: example } } } },
});
const operation = (operationId: string, summary: string, rest: object): object => ({ tags: ['api keys'], operationId, summary, ...rest });

/** The tenant's keys, for callers that may manage them. */
export function apiKeyPaths(): object {
  return {
    '/v1/api-keys': {
      get: operation('listApiKeys', 'API keys, newest first: their last use, their ends, never their secrets', {
        responses: { 200: json('All of them', 'ApiKeyList', list), ...problems() },
      }),
      post: operation('createApiKey', 'Make a key with no more scopes than the caller has; its secret is shown this once', {
        requestBody: body('ApiKeyRequest', request),
        responses: {
          201: json('The key and its secret', 'ApiKeySecretView', withSecret),
          ...problems('invalid-request', 'invalid-field', 'api-key-scope-not-allowed', 'api-key-limit-reached'),
        },
      }),
    },
    '/v1/api-keys/{id}/rotate': {
      post: operation('rotateApiKey', 'Make another secret for a key, shown this once; the old one is valid until the overlap ends', {
        parameters: [ID],
        requestBody: body('ApiKeyRotation', rotation),
        responses: {
          201: json('The key and its new secret', 'ApiKeySecretView', withSecret),
          ...problems('invalid-request', 'invalid-field', 'not-found', 'api-key-ended', 'api-key-scope-not-allowed'),
        },
      }),
    },
    '/v1/api-keys/{id}/revoke': {
      post: operation('revokeApiKey', 'End a key at once, with both its secrets', {
        parameters: [ID],
        responses: { 200: json('The key as it is now', 'ApiKeyView', { ...key, state: 'revoked' }), ...problems('not-found') },
      }),
    },
  };
}
