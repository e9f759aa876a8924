import type { ProviderClosure, ProviderEntryView, ProviderOpening } from '@app/contracts';
import { proposed } from './approval-paths';
import { schemaRef } from './json-schemas';
import { json, problems } from './responses';

const TERMS = { purpose: '财政电子票据查验', contractReference: '合同 2026-017', agreementReference: '数据处理协议 2026-017-1' };
const OPENING: ProviderOpening = { provider: 'netocr', version: 0, ...TERMS, reason: '合同已签署' };
const CLOSURE: ProviderClosure = { provider: 'netocr', reason: '渠道发生数据泄露,暂停使用' };
const ENTRY: ProviderEntryView = {
  ...{ provider: 'netocr', version: 2, state: 'closed', terms: TERMS, reason: CLOSURE.reason, proposedBy: null, approvalId: null },
  setBy: { id: '019ab1c2-1111-7222-8333-444455556666', name: '张三' },
  setAt: '2026-07-13T01:00:00.000Z',
};

const body = (schema: 'ProviderOpening' | 'ProviderClosure', name: string, value: object): object => ({
  required: true,
  content: { 'application/json': { schema: schemaRef(schema), examples: { [name]: { value } } } },
});

/** The tenant's register of providers. */
export function providerRegisterPaths(): object {
  return {
    '/v1/providers/register': {
      get: {
        tags: ['verifications'],
        operationId: 'getProviderRegister',
        summary: 'What the tenant agreed with its providers, which it asks, and how that came about',
        responses: { 200: json('The register', 'ProviderRegisterView', { items: [ENTRY], history: [ENTRY] }), ...problems() },
      },
      put: {
        tags: ['verifications'],
        operationId: 'proposeProviderOpening',
        summary: 'Propose to open a provider, or to change what was agreed with it; a second person must approve it',
        requestBody: body('ProviderOpening', 'open', OPENING),
        responses: { 202: proposed(), ...problems('invalid-request', 'invalid-field', 'approval-outdated') },
      },
    },
    '/v1/providers/register/closure': {
      post: {
        tags: ['verifications'],
        operationId: 'closeProvider',
        summary: 'Close a provider at once; verifications by it wait, and opening it again takes two persons',
        requestBody: body('ProviderClosure', 'incident', CLOSURE),
        responses: { 200: json('The entry as it stands', 'ProviderEntryView', ENTRY), ...problems('invalid-request', 'invalid-field') },
      },
    },
  };
}
