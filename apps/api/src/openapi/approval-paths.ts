import { ApprovalQuery } from '@app/contracts';
import { z } from 'zod';
import { APPROVAL_EXAMPLES } from './approval-examples';
import { schemaRef } from './json-schemas';
import { ID } from './parameters';
import { json, problems } from './responses';

/** The paths of four eyes: proposals are made by the operations that need a second person, which answer 202. */
export function approvalPaths(): object {
  return {
    '/v1/approvals': {
      get: {
        tags: ['approvals'],
        operationId: 'listApprovals',
        summary: 'Proposed acts, newest first',
        parameters: Object.entries(z.toJSONSchema(ApprovalQuery, { io: 'input' }).properties ?? {}).map(([name, schema]) => ({
          ...{ name, in: 'query', schema },
        })),
        responses: { 200: json('One page', 'ApprovalPage', APPROVAL_EXAMPLES.page), ...problems('invalid-field') },
      },
    },
    '/v1/approvals/{id}': {
      get: {
        tags: ['approvals'],
        operationId: 'getApproval',
        summary: 'A proposed act: exactly what would be done, and what would change',
        parameters: [ID],
        responses: { 200: json('The proposal', 'ApprovalView', APPROVAL_EXAMPLES.approval), ...problems('not-found') },
      },
    },
    '/v1/approvals/{id}/decision': {
      post: {
        tags: ['approvals'],
        operationId: 'decideApproval',
        summary: 'Approve or reject what another person proposed; for persons who signed in, never for API keys. Approving does the act',
        parameters: [ID],
        requestBody: {
          required: true,
          content: {
            'application/json': { schema: schemaRef('ApprovalDecision'), examples: { approve: { value: APPROVAL_EXAMPLES.decision } } },
          },
        },
        responses: {
          200: json('Decided; an approved act is done', 'ApprovalView', APPROVAL_EXAMPLES.decided),
          ...problems(
            ...(['invalid-request', 'invalid-field', 'not-found', 'approval-needs-person', 'approval-own'] as const),
            ...(['approval-closed', 'approval-expired', 'approval-changed', 'approval-outdated', 'approval-right-lost'] as const),
          ),
        },
      },
    },
    '/v1/approvals/{id}/withdrawal': {
      post: {
        tags: ['approvals'],
        operationId: 'withdrawApproval',
        summary: 'Take the own proposal back',
        parameters: [ID],
        responses: { 200: json('Withdrawn', 'ApprovalView'), ...problems('not-found', 'approval-closed') },
      },
    },
  };
}

/** The answer of an operation that takes a second person. */
export function proposed(): object {
  return json('A second person must approve it first; nothing has changed yet', 'ApprovalView', APPROVAL_EXAMPLES.approval);
}
