import { ApprovalView, ConsentPolicyView, type ConsentPolicyRequest } from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const POLICY = '/v1/consent-policy';

/** What the institution demands to know of consent. */
export interface ConsentApi {
  readConsentPolicy(): Promise<Answer<ConsentPolicyView>>;
  /** Proposes another policy: a second person must approve it. */
  proposeConsentPolicy(policy: ConsentPolicyRequest): Promise<Answer<ApprovalView>>;
}

export function consentApi({ ask }: ApiCalls): ConsentApi {
  return {
    readConsentPolicy: () => ask(ConsentPolicyView, POLICY),
    proposeConsentPolicy: (policy) => ask(ApprovalView, POLICY, json('PUT', policy)),
  };
}
