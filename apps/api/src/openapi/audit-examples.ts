import type { AuditForwardingView, AuditPage } from '@app/contracts';

const page: AuditPage = {
  items: [
    {
      id: '019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b',
      recordedAt: '2026-07-13T01:02:03.456789Z',
      action: 'receipt.image.view',
      result: 'success',
      actor: { type: 'user', id: '019ab1c2-1111-7222-8333-444455556666', name: '张三', roles: ['clerk'] },
      target: { type: 'receipt', id: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b' },
      origin: { requestId: '9f3ac1d2e4b7', clientAddress: '10.20.0.31', userAgent: 'Mozilla/5.0' },
      detail: { page: 1 },
    },
  ],
  next: '2026-07-13T01:02:03.456789Z.019ab1c2-5d4e-7f50-8a6b-7c8d9e0f1a2b',
};

const forwarding: AuditForwardingView = {
  entries: '48211',
  forwardedAt: '2026-07-13T01:02:04.000Z',
  lagSeconds: 0,
  failingSince: null,
  failure: null,
};

/** Examples of the audit's operations. */
export const AUDIT_EXAMPLES = { page, forwarding };
