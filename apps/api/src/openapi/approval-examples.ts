import { ACT_NAMES, type ApprovalDecision, type ApprovalPage, type ApprovalView } from '@app/contracts';
import { DRY_RUN_EXAMPLE } from './dry-run-example';

const HASH = '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae';

const approval: ApprovalView = {
  id: '019ab1c2-8b9c-7d0e-8f1a-2b3c4d5e6f70',
  kind: 'verificationPolicy.set',
  name: ACT_NAMES['verificationPolicy.set'],
  target: { type: 'tenant', id: '019ab1c2-0000-7000-8000-000000000001' },
  payload: {
    ...{ baseVersion: 3, provider: 'netocr', failover: 'on', dailyQuota: 8_000, monthlyBudgetFen: '2000000', onImplausible: 'warn' },
    settlementLimitFen: '5000',
    reason: '新增三个网点,日查验量上升',
  },
  payloadHash: HASH,
  changes: [
    { field: 'version', before: '3', after: '4' },
    { field: 'dailyQuota', before: '5000', after: '8000' },
  ],
  dryRun: DRY_RUN_EXAMPLE,
  reason: '新增三个网点,日查验量上升',
  state: 'open',
  proposedBy: { type: 'user', id: '019ab1c2-1111-7222-8333-444455556666', name: '张三' },
  proposedAt: '2026-07-13T01:00:00.000Z',
  expiresAt: '2026-07-20T01:00:00.000Z',
  decidedWith: ['approval.decide', 'policy.manage'],
  decision: null,
};

const decided: ApprovalView = {
  ...approval,
  state: 'approved',
  decision: {
    by: { type: 'user', id: '019ab1c2-1111-7222-8333-444455557777', name: '李四' },
    reason: '已核对网点批复',
    at: '2026-07-13T02:00:00.000Z',
  },
};

const page: ApprovalPage = { items: [approval], next: null };
const decision: ApprovalDecision = { decision: 'approve', payloadHash: HASH, reason: '已核对网点批复' };

/** Examples of four-eyes operations. */
export const APPROVAL_EXAMPLES = { approval, decided, page, decision };
