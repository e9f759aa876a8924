import { ApprovalView, ProviderList, VerificationPolicyView, type VerificationPolicyChange } from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const POLICY = '/v1/verification-policy';

/** The rules of verification, and whether the providers can be called. */
export interface RulesApi {
  readPolicy(): Promise<Answer<VerificationPolicyView>>;
  /** Proposes other rules: a second person must approve them. */
  proposePolicy(change: VerificationPolicyChange): Promise<Answer<ApprovalView>>;
  listProviders(): Promise<Answer<ProviderList>>;
}

export function rulesApi({ ask }: ApiCalls): RulesApi {
  return {
    readPolicy: () => ask(VerificationPolicyView, POLICY),
    proposePolicy: (change) => ask(ApprovalView, POLICY, json('PUT', change)),
    listProviders: () => ask(ProviderList, '/v1/providers'),
  };
}
