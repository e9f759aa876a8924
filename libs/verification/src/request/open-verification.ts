import type { ProviderId } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import type { ElementsHasher } from '../elements-hasher';
import { VERIFICATION_RULES_VERSION } from '../rules/verification-rules-changes';
import { Verification } from '../verification.entity';
import type { ElementsToVerify } from './receipt-elements';

/** A new verification that nobody has answered yet. */
export function openVerification(
  tenant: TenantContext,
  asked: {
    question: Pick<ElementsToVerify, 'elements' | 'bill' | 'readFace'>;
    receiptId: string | null;
    provider: ProviderId;
    isProviderNamed: boolean;
    policyVersion: number;
    hasher: ElementsHasher;
    idempotency: { key: string; requestHash: string } | null;
  },
): Verification {
  const { elements, bill, readFace } = asked.question;
  return Object.assign(new Verification(), {
    tenantId: tenant.tenantId,
    id: uuidv7(),
    receiptId: asked.receiptId,
    bill,
    readFace,
    provider: asked.provider,
    isProviderNamed: asked.isProviderNamed,
    policyVersion: asked.policyVersion,
    rulesVersion: VERIFICATION_RULES_VERSION,
    origin: 'upstream' as const,
    sourceId: null,
    billCode: elements.billCode,
    billNumber: elements.billNumber,
    checkCode: elements.checkCode,
    issueDate: elements.issueDate,
    totalAmount: elements.totalAmount,
    billHash: asked.hasher.ofBill(elements),
    elementsHash: asked.hasher.ofElements(elements),
    idempotencyKey: asked.idempotency?.key ?? null,
    requestHash: asked.idempotency?.requestHash ?? null,
    state: 'queued' as const,
    outcome: null,
    charge: null,
    face: null,
    settledOutcome: null,
    refusalCode: null,
    refusalPassesAt: null,
    triesLeft: null,
    hold: null,
    createdBy: tenant.actor.id,
    createdAt: new Date(),
    finishedAt: null,
    nextAttemptAt: null,
  });
}
