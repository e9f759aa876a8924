import { proposed } from './approval-paths';
import { DRY_RUN_EXAMPLE } from './dry-run-example';
import { EXAMPLES } from './examples';
import { schemaRef } from './json-schemas';
import { json, problems } from './responses';

/** The rules of verifications: those of the product, the tenant's own, and whether providers may be called. */
export function policyPaths(): object {
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
