import type { BasisView, ConsentPolicyRequest, ConsentPolicyView } from '@app/contracts';

const byDefault: ConsentPolicyRequest = {
  basedOn: 0,
  demandsReference: false,
  defaultReference: '个人信息处理授权书 2026 版',
  defaultPurpose: '医疗费用报销审核',
};

const demand: ConsentPolicyRequest = { ...byDefault, demandsReference: true, defaultReference: null };

const policy: ConsentPolicyView = {
  version: 1,
  demandsReference: true,
  defaultReference: null,
  defaultPurpose: '医疗费用报销审核',
  setBy: { id: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b', name: '王敏' },
  setAt: '2026-07-13T01:02:03.456Z',
};

/** What was given for something, as it is shown masked: the reference came with the request, the purpose is the tenant's. */
const basisOf = (targetType: BasisView['targetType'], targetId: string): BasisView => ({
  targetType,
  targetId,
  consentReference: { from: 'request', value: null },
  processingPurpose: { from: 'policy', value: null },
  policyVersion: 1,
  givenAt: '2026-07-13T01:02:03.456Z',
});

/** Examples of bases and of the policy of consent. */
export const BASIS_EXAMPLES = { byDefault, demand, policy, basisOf };
