import { ApprovalPage, ApprovalView, type ApprovalDecision, type ApprovalState } from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const APPROVALS = '/v1/approvals';

/** Acts that a second person decides. */
export interface ApprovalApi {
  listApprovals(page: { limit: number; state?: ApprovalState; before?: string }): Promise<Answer<ApprovalPage>>;
  decideApproval(id: string, decision: ApprovalDecision): Promise<Answer<ApprovalView>>;
  withdrawApproval(id: string): Promise<Answer<ApprovalView>>;
}

export function approvalApi({ ask }: ApiCalls): ApprovalApi {
  return {
    listApprovals: ({ limit, ...page }) =>
      ask(ApprovalPage, `${APPROVALS}?${new URLSearchParams({ limit: String(limit), ...page }).toString()}`),
    decideApproval: (id, decision) => ask(ApprovalView, `${APPROVALS}/${id}/decision`, json('POST', decision)),
    withdrawApproval: (id) => ask(ApprovalView, `${APPROVALS}/${id}/withdrawal`, { method: 'POST' }),
  };
}
