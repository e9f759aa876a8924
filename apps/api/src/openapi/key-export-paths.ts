import type { KeyExportRequest, KeyPackage } from '@app/contracts';
import { proposed } from './approval-paths';
import { schemaRef } from './json-schemas';
import { json, problems } from './responses';

const ID = {
  ...{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } },
  description: 'Id of the approval',
};

const request: KeyExportRequest = {
  recipient: 'x25519:3p7bfXt9wbTTW2HC7OQ1Nz-DQ8hbeGdNrfx-FG-IK08',
  classes: ['original', 'detail', 'personal', 'secret', 'search'],
  reason: '租户迁移至新机房',
};
const file: KeyPackage = {
  ...{ format: 'piaoyan-key-package/1', suite: 'standard', recipient: '6f1d2c3b4a596877' },
  ...{ tenantId: '019ab1c2-0000-7000-8000-0000000000aa', tenantName: '某某分行' },
  ...{ approvalId: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b', exportedAt: '2026-07-13T01:02:03.456Z' },
  keys: [{ class: 'detail', generation: 1, suite: 'standard', state: 'active', createdAt: '2026-01-01T00:00:00.000Z' }],
  ...{ encapsulated: '3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=', sealed: 'AQAAAAEAAAAAAAAAAAAAAAAAAAAA' },
};

/** Examples of the export of keys. */
export const KEY_EXPORT_EXAMPLES = { request, file };

/** The paths of exporting keys. */
export function keyExportPaths(): object {
  return {
    '/v1/key-exports': {
      post: {
        tags: ['keys'],
        operationId: 'proposeKeyExport',
        summary: 'Propose that data keys of the tenant are sealed for a recipient; another security administrator approves it',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemaRef('KeyExportRequest'), examples: { move: { value: request } } } },
        },
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field') },
      },
    },
    '/v1/key-exports/{id}/delivery': {
      post: {
        tags: ['keys'],
        operationId: 'deliverKeyExport',
        summary: 'The package of an approved export, once. No key is in it in clear: piaoyan keys import opens it on the other side',
        parameters: [ID],
        responses: { 200: json('The package', 'KeyPackage', file), ...problems('not-found', 'key-export-delivered', 'key-export-expired') },
      },
    },
  };
}
