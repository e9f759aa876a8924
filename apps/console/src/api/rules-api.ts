import {
  ApprovalView,
  PolicyDryRun,
  ProviderEntryView,
  ProviderList,
  ProviderRegisterView,
  RuleSets,
  VerificationPolicyView,
  type PolicyDryRunRequest,
  type ProviderClosure,
  type ProviderOpening,
  type VerificationPolicyChange,
} from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const POLICY = '/v1/verification-policy';
const REGISTER = '/v1/providers/register';

/** The rules of verification, and the providers. */
export interface RulesApi {
  readPolicy(): Promise<Answer<VerificationPolicyView>>;
  /** Says what other rules would have decided otherwise of late; nothing is proposed. */
  tryPolicy(change: PolicyDryRunRequest): Promise<Answer<PolicyDryRun>>;
  /** Proposes other rules: a second person must approve them. */
  proposePolicy(change: VerificationPolicyChange): Promise<Answer<ApprovalView>>;
  /** The rules that come with the product. */
  readRuleSets(): Promise<Answer<RuleSets>>;
  /** Whether the providers can be called. */
  listProviders(): Promise<Answer<ProviderList>>;
  readRegister(): Promise<Answer<ProviderRegisterView>>;
  /** Proposes to open a provider, or to change what was agreed with it: a second person must approve it. */
  proposeOpening(opening: ProviderOpening): Promise<Answer<ApprovalView>>;
  /** Closes a provider at once. */
  closeProvider(closure: ProviderClosure): Promise<Answer<ProviderEntryView>>;
}

export function rulesApi({ ask }: ApiCalls): RulesApi {
  return {
    readPolicy: () => ask(VerificationPolicyView, POLICY),
    tryPolicy: (change) => ask(PolicyDryRun, `${POLICY}/dry-run`, json('POST', change)),
    proposePolicy: (change) => ask(ApprovalView, POLICY, json('PUT', change)),
    readRuleSets: () => ask(RuleSets, '/v1/rules'),
    listProviders: () => ask(ProviderList, '/v1/providers'),
    readRegister: () => ask(ProviderRegisterView, REGISTER),
    proposeOpening: (opening) => ask(ApprovalView, REGISTER, json('PUT', opening)),
    closeProvider: (closure) => ask(ProviderEntryView, `${REGISTER}/closure`, json('POST', closure)),
  };
}
