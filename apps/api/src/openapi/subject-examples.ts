import type { SubjectErasureRequest, SubjectRequestOrder, SubjectRequestView, TenantErasureRequest } from '@app/contracts';

const HASH = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';

const FOUND = { receiptCount: 1, verificationCount: 1, foundHash: HASH, foundAt: '2026-07-13T01:02:09.456Z' };

const order: SubjectRequestOrder = { kind: 'copy', payer: '欧阳娜娜', reference: 'SR-2026-0042', purpose: '客户申请复制个人信息' };
const view: SubjectRequestView = {
  ...{ id: '019ab1c2-9c0d-7ebf-8011-3c4d5e6f7081', kind: 'copy', state: 'exported', by: 'payer' },
  ...{ reference: 'SR-2026-0042', purpose: '客户申请复制个人信息' },
  openedBy: { id: '019ab1c2-0000-7000-8000-000000000001', name: 'reviewer' },
  openedAt: '2026-07-13T01:02:03.456Z',
  dueOn: '2026-08-03',
  isOverdue: false,
  found: {
    receipts: ['019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b'],
    verifications: ['019ab1c2-5e6f-7a81-9b2c-3d4e5f607182'],
    next: null,
    ...FOUND,
  },
  exports: [{ number: 1, byteSize: 412_345, sha256: HASH }],
  exportedAt: '2026-07-13T02:02:03.456Z',
  erasure: null,
  closed: null,
};
const erasure: SubjectErasureRequest = { foundHash: HASH, reason: '客户撤回同意' };
const closing = { reason: '已当面交付' };
const tenantErasure: TenantErasureRequest = { name: '某某分行', reason: '机构撤销' };

/** Examples of persons' requests, and of the erasure of a tenant. */
export const SUBJECT_EXAMPLES = { order, view, page: { items: [{ ...view, found: FOUND }], next: null }, erasure, closing, tenantErasure };
