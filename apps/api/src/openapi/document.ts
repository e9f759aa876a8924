import type { OpenAPIObject } from '@nestjs/swagger';
import { apiKeyPaths } from './api-key-paths';
import { approvalPaths } from './approval-paths';
import { auditPaths } from './audit-paths';
import { billPaths } from './bill-paths';
import { chargePaths } from './charge-paths';
import { consentPolicyPaths } from './consent-policy-paths';
import { dropInPaths } from './drop-in-paths';
import { healthPaths } from './health-paths';
import { identityPaths } from './identity-paths';
import { componentSchemas } from './json-schemas';
import { keyExportPaths } from './key-export-paths';
import { policyPaths } from './policy-paths';
import { providerRegisterPaths } from './provider-register-paths';
import { quotaPaths } from './quota-paths';
import { receiptPaths } from './receipt-paths';
import { retentionPaths } from './retention-paths';
import { subjectPaths } from './subject-paths';
import { verificationBatchPaths } from './verification-batch-paths';
import { verificationPaths } from './verification-paths';
import { webhookMessages, webhookPaths } from './webhook-paths';

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
