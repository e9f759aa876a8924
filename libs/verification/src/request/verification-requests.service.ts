import { AuditLog } from '@app/audit';
import { ProblemError, type ProviderId } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ReceiptReadings } from '@app/receipts';
import { AttemptIntents } from '../attempt-intents';
import type { ElementsHasher } from '../elements-hasher';
import { shanghaiDay } from '../shanghai-day';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import { stillHolds } from './holding-answer';
import { localOutcome } from './local-guards';
import { openVerification } from './open-verification';
import { type ElementsToVerify, elementsToVerify } from './receipt-elements';
import { requestFingerprint, type VerificationOrder } from './request-fingerprint';

/** Takes verification requests: every guard stands before any spending, and an intent is on record before any call. */
export class VerificationRequests {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: VerificationStore,
    private readonly receipts: ReceiptReadings,
    private readonly intents: AttemptIntents,
    private readonly audit: AuditLog,
    private readonly hasher: ElementsHasher,
    private readonly defaultProvider: ProviderId,
  ) {}

  /**
   * Answers at once from a guard or a stored answer, joins the identical call under way, or queues one call, in one transaction.
   * The same idempotency key with the same request gives the same verification again.
   * @throws ProblemError for a receipt that may not be verified, or an idempotency key used for another request
   */
  async request(tenant: TenantContext, order: VerificationOrder, idempotencyKey?: string): Promise<Verification> {
    return this.unitOfWork.run(tenant, (tx) => this.requestWithin(tx, order, idempotencyKey));
  }

  /** The same in a transaction of the caller's, whose own rows then commit with the verification or not at all. */
  async requestWithin(tx: Tx, order: VerificationOrder, idempotencyKey?: string): Promise<Verification> {
    const earlier = idempotencyKey === undefined ? null : await this.repeated(tx, order, idempotencyKey);
    return earlier ?? this.accept(tx, order, idempotencyKey);
  }

  private async repeated(tx: Tx, order: VerificationOrder, idempotencyKey: string): Promise<Verification | null> {
    await this.store.serialize(tx, 'idempotency-key', idempotencyKey);
    const earlier = await this.store.findByIdempotencyKey(tx, idempotencyKey);
    if (earlier !== null && earlier.requestHash !== requestFingerprint(order)) throw new ProblemError('idempotency-key-reused');
    return earlier;
  }

  private async accept(tx: Tx, order: VerificationOrder, idempotencyKey: string | undefined): Promise<Verification> {
    const { elements, source } = await this.elementsOf(tx, order);
    const verification = openVerification(tx.tenant, {
      elements,
      receiptId: order.receiptId ?? null,
      provider: order.provider ?? this.defaultProvider,
      hasher: this.hasher,
      idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, requestHash: requestFingerprint(order) },
    });
    await this.store.serialize(tx, 'elements', verification.elementsHash);
    await this.settleLocally(tx, verification);
    await this.store.insert(tx, verification);
    await this.recordRequest(tx, verification, source);
    if (verification.origin === 'upstream') await this.intents.declare(tx, verification, { number: 1, isBackground: order.isBackground === true });
    return verification;
  }

  private async elementsOf(tx: Tx, order: VerificationOrder): Promise<ElementsToVerify> {
    if (order.receiptId !== undefined) {
      return elementsToVerify(await this.receipts.forVerification(tx, order.receiptId), order.elements);
    }
    if (order.elements === undefined) throw new ProblemError('invalid-field', { errors: [{ field: 'elements', message: 'is required' }] });
    return { elements: order.elements, source: 'request' };
  }

  /** Settles the verification where no call is needed. Where one is, it has its place among the bill's five of today afterwards. */
  private async settleLocally(tx: Tx, verification: Verification): Promise<void> {
    const today = shanghaiDay(new Date());
    const certain = localOutcome(verification.elements, today);
    if (certain !== null) {
      verification.refuse(certain);
      return;
    }
    const told = await this.store.findDefinitive(tx, verification.elementsHash);
    if (told !== null && stillHolds(told, today)) {
      verification.answerFrom(told);
      return;
    }
    const underWay = await this.store.findOpen(tx, verification.elementsHash);
    if (underWay !== null) verification.join(underWay);
    else if (!(await this.intents.takePlace(tx, verification.billHash))) verification.refuse('DAILY_LIMIT');
  }

  private recordRequest(tx: Tx, verification: Verification, source: ElementsToVerify['source']): Promise<void> {
    const { id, receiptId, origin, provider, elementsHash, outcome } = verification;
    return this.audit.append(tx, {
      action: verification.state === 'refused' ? 'verification.refuse' : 'verification.request',
      targetType: 'verification',
      targetId: id,
      detail: { receiptId, source, origin, provider, elementsHash, outcome },
    });
  }
}
