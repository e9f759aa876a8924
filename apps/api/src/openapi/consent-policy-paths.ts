import { proposed } from './approval-paths';
import { BASIS_EXAMPLES } from './basis-examples';
import { schemaRef } from './json-schemas';
import { json, problems } from './responses';

/** The paths of what a tenant demands to know of consent. */
export function consentPolicyPaths(): object {
  return {
    '/v1/consent-policy': {
      get: {
        tags: ['verifications'],
        operationId: 'getConsentPolicy',
        summary: 'Whether a consent reference is demanded, and what stands where a request brings none',
        responses: { 200: json('The policy that stands', 'ConsentPolicyView', BASIS_EXAMPLES.policy), ...problems() },
      },
      put: {
        tags: ['verifications'],
        operationId: 'proposeConsentPolicy',
        summary: 'Propose another policy, all of it. It holds, as a new version, when a second person has approved it',
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: schemaRef('ConsentPolicyRequest'),
              examples: { default: { value: BASIS_EXAMPLES.byDefault }, demand: { value: BASIS_EXAMPLES.demand } },
            },
          },
        },
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', 'consent-policy-outdated') },
      },
    },
  };
}
