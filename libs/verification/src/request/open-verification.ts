import type { Elements, ProviderId } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import type { ElementsHasher } from '../elements-hasher';
import { Verification } from '../verification.entity';

/** A new verification that nobody has answered yet. */
export function openVerification(
  tenant: TenantContext,
  asked: {
    elements: Elements;
    receiptId: string | null;
    provider: ProviderId;
    hasher: ElementsHasher;
    idempotency: { key: string; requestHash: string } | null;
  },
): Verification {
  return Object.assign(new Verification(), {
    tenantId: tenant.tenantId,
    id: uuidv7(),
    receiptId: asked.receiptId,
    provider: asked.provider,
    origin: 'upstream' as const,
    sourceId: null,
    billCode: asked.elements.billCode,
    billNumber: asked.elements.billNumber,
    checkCode: asked.elements.checkCode,
    issueDate: asked.elements.issueDate,
    totalAmount: asked.elements.totalAmount,
    billHash: asked.hasher.ofBill(asked.elements),
    elementsHash: asked.hasher.ofElements(asked.elements),
    idempotencyKey: asked.idempotency?.key ?? null,
    requestHash: asked.idempotency?.requestHash ?? null,
    state: 'queued' as const,
    outcome: null,
    charge: null,
    face: null,
    settledOutcome: null,
    createdBy: tenant.actor.id,
    createdAt: new Date(),
    finishedAt: null,
    nextAttemptAt: null,
  });
}
