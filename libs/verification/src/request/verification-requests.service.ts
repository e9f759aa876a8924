import { AuditLog, type AuditRecord } from '@app/audit';
import { ProblemError, type ProviderId } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { ProcessingBases, ReceiptReadings } from '@app/receipts';
import { AttemptIntents } from '../attempt-intents';
import type { ElementsHasher } from '../elements-hasher';
import { PolicyStore } from '../policy/policy.store';
import { providerToAsk } from '../rules/provider-to-ask';
import type { SettledVerifications } from '../followers/settled-verifications';
import type { Verification } from '../verification.entity';
import { VerificationStore, wordsOfBill } from '../verification.store';
import { openVerification } from './open-verification';
import { type ElementsToVerify, elementsToVerify } from './receipt-elements';
import { requestFingerprint, type VerificationOrder } from './request-fingerprint';
import type { RequestGuards } from './request-guards';

/** What the service works with. */
export interface RequestParts {
  unitOfWork: UnitOfWork;
  store: VerificationStore;
  receipts: ReceiptReadings;
  policies: PolicyStore;
  guards: RequestGuards;
  intents: AttemptIntents;
  settled: SettledVerifications;
  audit: AuditLog;
  bases: ProcessingBases;
  hasher: ElementsHasher;
  /** Asked when neither the request nor the tenant's policy names one. */
  defaultProvider: ProviderId;
}

/** Takes verification requests: every guard stands before any spending, and an intent is on record before any call. */
export class VerificationRequests {
  constructor(private readonly parts: RequestParts) {}

  /**
   * Answers at once from a guard or a stored answer, joins the identical call under way, or queues one call, in one transaction.
   * The same idempotency key with the same request gives the same verification again.
   * @throws ProblemError for a receipt that may not be verified, an idempotency key used for another request, a last try that nobody
   *   confirmed, or a consent reference that is demanded and missing
   */
  async request(tenant: TenantContext, order: VerificationOrder, idempotencyKey?: string): Promise<Verification> {
    return this.parts.unitOfWork.run(tenant, (tx) => this.requestWithin(tx, order, idempotencyKey), this.firstWords(order, idempotencyKey));
  }

  /** The same in a transaction of the caller's, whose own rows then commit with the verification or not at all. */
  async requestWithin(tx: Tx, order: VerificationOrder, idempotencyKey?: string): Promise<Verification> {
    const earlier = idempotencyKey === undefined ? null : await this.repeated(tx, order, idempotencyKey);
    return earlier ?? this.accept(tx, order, idempotencyKey);
  }

  /** The bill's words, where nothing else is serialized before: a key comes first, and a receipt must be read for its elements. */
  private firstWords({ elements, receiptId }: VerificationOrder, idempotencyKey: string | undefined): string | undefined {
    if (elements === undefined || receiptId !== undefined || idempotencyKey !== undefined) return undefined;
    return wordsOfBill(this.parts.hasher.ofBill(elements));
  }

  private async repeated(tx: Tx, order: VerificationOrder, idempotencyKey: string): Promise<Verification | null> {
    const { store } = this.parts;
    await store.serialize(tx, 'idempotency-key', idempotencyKey);
    const earlier = await store.findByIdempotencyKey(tx, idempotencyKey);
    if (earlier !== null && earlier.requestHash !== requestFingerprint(order, this.parts.hasher))
      throw new ProblemError('idempotency-key-reused');
    return earlier;
  }

  private async accept(tx: Tx, order: VerificationOrder, idempotencyKey: string | undefined): Promise<Verification> {
    const { store, policies, guards, hasher, intents, settled, audit, bases, defaultProvider } = this.parts;
    if (!isOfBatch(order)) await bases.assertGiven(tx, order.basis, { receipts: receiptOf(order) });
    const question = await this.questionOf(tx, order);
    const policy = await policies.current(tx);
    await store.serializeBill(tx, hasher.ofBill(question.elements));
    // Made while the bill is ours, so that the ids of its questions are in the order in which these were accepted.
    const verification = openVerification(tx.tenant, {
      question,
      receiptId: order.receiptId ?? null,
      provider: providerToAsk(order.provider ?? null, policy, defaultProvider),
      isProviderNamed: order.provider !== undefined,
      policyVersion: policy.version,
      hasher,
      idempotency: idempotencyKey === undefined ? null : { key: idempotencyKey, requestHash: requestFingerprint(order, this.parts.hasher) },
    });
    const { confirmLastTry = false, neverTwice = false } = order;
    const countedDay = await guards.settle(tx, verification, { policy, confirmLastTry, neverTwice });
    await store.insert(tx, verification);
    const record = recordOf(verification, question.source);
    if (countedDay === null) await audit.append(tx, record);
    else
      await intents.declare(
        tx,
        verification,
        { number: 1, provider: verification.provider, countedDay, isBackground: order.isBackground },
        [record],
      );
    const target = { targetType: 'verification' as const, targetId: verification.id, standsOn: { receipts: receiptOf(order) } };
    if (!isOfBatch(order)) await bases.keep(tx, target, order.basis);
    await settled.tellOfTaken(tx, verification);
    return verification;
  }

  private async questionOf(tx: Tx, order: VerificationOrder): Promise<ElementsToVerify> {
    if (order.receiptId !== undefined) {
      return elementsToVerify(await this.parts.receipts.forVerification(tx, order.receiptId), order);
    }
    if (order.elements === undefined) throw new ProblemError('invalid-field', { errors: [{ field: 'elements', message: 'is required' }] });
    return { elements: order.elements, source: 'request', bill: null, readFace: null };
  }
}

/** A row stands on what was given for its batch. */
const isOfBatch = ({ isBackground }: VerificationOrder): boolean => isBackground === true;

const receiptOf = ({ receiptId }: VerificationOrder): string[] => (receiptId === undefined ? [] : [receiptId]);

function recordOf(verification: Verification, source: ElementsToVerify['source']): AuditRecord {
  const { id, receiptId, bill, origin, provider, elementsHash, outcome, refusalCode, triesLeft, policyVersion, rulesVersion } =
    verification;
  return {
    action: verification.state === 'refused' ? 'verification.refuse' : 'verification.request',
    targetType: 'verification',
    targetId: id,
    detail: { receiptId, bill, source, origin, provider, elementsHash, outcome, refusalCode, triesLeft, policyVersion, rulesVersion },
  };
}
