import { MOST_EXPORTED } from '@app/audit';
import { AuditExportQuery, AuditQuery, LONGEST_AUDIT_WINDOW_DAYS } from '@app/contracts';
import { AUDIT_EXAMPLES } from './audit-examples';
import { BINARY } from './parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';

/** The paths of the audit. */
export function auditPaths(): object {
  return {
    '/v1/audit': {
      get: {
        tags: ['audit'],
        operationId: 'listAudit',
        summary: `What happened within at most ${LONGEST_AUDIT_WINDOW_DAYS} days, newest first; that it was read is an entry too`,
        parameters: queryParameters(AuditQuery),
        responses: { 200: json('One page', 'AuditPage', AUDIT_EXAMPLES.page), ...problems('invalid-field') },
      },
    },
    '/v1/audit/forwarding': {
      get: {
        tags: ['audit'],
        operationId: 'getAuditForwarding',
        summary: 'How far the audit has been forwarded to the SIEM, and since when it fails',
        responses: { 200: json('The state', 'AuditForwardingView', AUDIT_EXAMPLES.forwarding), ...problems() },
      },
    },
    '/v1/audit/export': {
      get: {
        tags: ['audit'],
        operationId: 'exportAudit',
        summary: `The same as a file of at most ${MOST_EXPORTED} entries; every export is audited`,
        parameters: queryParameters(AuditExportQuery),
        responses: {
          200: {
            description: 'CSV whose cells are all text and no formulas, or one JSON object a line',
            content: { 'text/csv': BINARY, 'application/jsonl': BINARY },
          },
          ...problems('invalid-field', 'audit-export-too-large'),
        },
      },
    },
  };
}
