import { AuditLog } from '@app/audit';
import type { JobPayloads } from '@app/contracts';
import { UnsealError } from '@app/crypto';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { JobQueue, PermanentJobError } from '@app/queue';
import type { WebhookEndpoint } from '../endpoint/webhook-endpoint.entity';
import { WebhookEndpointStore } from '../endpoint/webhook-endpoint.store';
import type { WebhookSecrets } from '../endpoint/webhook-secrets';
import { DeliveryFailedError } from './delivery-failed.error';
import { messageHeaders } from './message-headers';
import { RestingEndpoints } from './resting-endpoints';
import { retryDelaySeconds } from './retry-delay';
import type { TryResult, WebhookDelivery } from './webhook-delivery.entity';
import { WebhookDeliveryStore } from './webhook-delivery.store';
import type { WebhookPost, WebhookSender } from './webhook-sender';

type Target = JobPayloads['webhook.deliver'];

const DAY_MS = 86_400_000;
/** An endpoint at which every try failed for so long is disabled. */
const FAILING_LIMIT_MS = 5 * DAY_MS;
const GONE = 410;

/** What a try sends where, unless there is a reason not to send anything. */
type Prepared = { endpointId: string; post: WebhookPost } | DeliveryFailedError;

/**
 * Makes one try of a delivery, on the worker. Run twice, it may post twice, under the same `webhook-id`, by which the receiver knows it
 * again; it is recorded once.
 */
export class WebhookDelivering {
  private readonly resting = new RestingEndpoints();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly endpoints: WebhookEndpointStore,
    private readonly deliveries: WebhookDeliveryStore,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
  ) {}

  /** @throws PermanentJobError when there is no such delivery; whatever else it throws is worth another run */
  async deliver(target: Target, job: { id: string; signal: AbortSignal }): Promise<void> {
    const tenant: TenantContext = { tenantId: target.tenantId, actor: { type: 'worker', id: job.id, name: 'webhook.deliver' } };
    const prepared = await this.unitOfWork.run(tenant, (tx) => this.prepare(tx, target));
    if (prepared === null) return;
    const result = await this.tried(prepared, job.signal);
    await this.unitOfWork.run(tenant, (tx) => this.record(tx, target, result));
  }

  /** Null when the try is over already, or when nobody is to be told any more. */
  private async prepare(tx: Tx, { deliveryId, number }: Target): Promise<Prepared | null> {
    const delivery = await this.deliveries.find(tx, deliveryId);
    if (delivery === null) throw new PermanentJobError(`delivery ${deliveryId} does not exist`);
    if (!delivery.awaitsTry(number)) return null;
    const endpoint = await this.endpoints.find(tx, delivery.endpointId);
    if (!endpoint?.isActive) {
      await this.giveUp(tx, { deliveryId, number });
      return null;
    }
    return this.signed(tx, endpoint, { id: delivery.eventId, body: await this.bodyOf(tx, delivery) });
  }

  private async bodyOf(tx: Tx, { eventId }: WebhookDelivery): Promise<string> {
    const event = await this.deliveries.findEvent(tx, eventId);
    if (event === null) throw new PermanentJobError(`event ${eventId} does not exist`);
    return JSON.stringify(event.payload);
  }

  private async signed(tx: Tx, endpoint: WebhookEndpoint, { id, body }: { id: string; body: string }): Promise<Prepared> {
    const at = new Date();
    try {
      const secrets = await this.secrets.signingSecrets(tx, endpoint, at);
      const headers = messageHeaders({ id, body, at }, secrets, this.secrets.suite);
      const all = { ...headers, 'content-type': 'application/json', 'user-agent': 'piaoyan' };
      return { endpointId: endpoint.id, post: { url: endpoint.url, body, headers: all } };
    } catch (error) {
      if (error instanceof UnsealError) return new DeliveryFailedError('secretUnreadable', { cause: error });
      throw error;
    }
  }

  private async tried(prepared: Prepared, signal: AbortSignal): Promise<TryResult> {
    try {
      if (prepared instanceof DeliveryFailedError) throw prepared;
      const status = await this.posted(prepared.endpointId, prepared.post, signal);
      return { status, error: isSuccess(status) ? null : 'status' };
    } catch (error) {
      if (error instanceof DeliveryFailedError) return { status: null, error: error.code };
      throw error;
    }
  }

  private async posted(endpointId: string, post: WebhookPost, signal: AbortSignal): Promise<number> {
    if (!this.resting.admits(endpointId)) throw new DeliveryFailedError('resting');
    try {
      const status = await this.sender.post(post, signal);
      this.resting.answered(endpointId);
      return status;
    } catch (error) {
      if (error instanceof DeliveryFailedError) this.resting.didNotAnswer(endpointId);
      else this.resting.leftOpen(endpointId);
      throw error;
    }
  }

  private async record(tx: Tx, target: Target, result: TryResult): Promise<void> {
    const delivery = await this.deliveries.lock(tx, target.deliveryId);
    if (!delivery?.awaitsTry(target.number)) return;
    const at = new Date();
    if (result.error === null) delivery.succeed(result, at);
    else await this.fail(tx, delivery, result, at);
    await this.deliveries.save(tx, delivery);
    await this.recordEnd(tx, delivery);
    await this.noteHealth(tx, delivery.endpointId, result, at);
  }

  private async fail(tx: Tx, delivery: WebhookDelivery, result: TryResult, at: Date): Promise<void> {
    const failed = delivery.tries + 1;
    const startAfterSeconds = result.status === GONE ? null : retryDelaySeconds(failed);
    const nextTryAt = startAfterSeconds === null ? null : new Date(at.getTime() + startAfterSeconds * 1_000);
    delivery.fail(result, nextTryAt);
    if (startAfterSeconds === null) return;
    const next = { tenantId: delivery.tenantId, deliveryId: delivery.id, number: failed + 1 };
    await this.jobs.enqueue(tx, 'webhook.deliver', next, { startAfterSeconds });
  }

  private async giveUp(tx: Tx, target: Pick<Target, 'deliveryId' | 'number'>): Promise<void> {
    const delivery = await this.deliveries.lock(tx, target.deliveryId);
    if (!delivery?.awaitsTry(target.number)) return;
    delivery.giveUp('endpointDisabled');
    await this.deliveries.save(tx, delivery);
    await this.recordEnd(tx, delivery);
  }

  /** A try that is to be followed by another changes no state. */
  private async recordEnd(tx: Tx, { id, state, endpointId, eventId, tries, lastStatus, lastError }: WebhookDelivery): Promise<void> {
    if (state === 'pending') return;
    const action = state === 'delivered' ? 'webhook.deliver' : 'webhook.dead';
    const detail = { endpointId, eventId, tries, status: lastStatus, error: lastError };
    await this.audit.append(tx, { action, targetType: 'webhookDelivery', targetId: id, detail });
  }

  /** Remembers since when an endpoint fails, and disables one that fails for days or says that it is gone. */
  private async noteHealth(tx: Tx, endpointId: string, { status, error }: TryResult, at: Date): Promise<void> {
    const seen = await this.endpoints.find(tx, endpointId);
    if (seen === null || !hasNews(seen, { status, error }, at)) return;
    const endpoint = await this.endpoints.lock(tx, endpointId);
    if (!endpoint?.isActive || !hasNews(endpoint, { status, error }, at)) return;
    endpoint.failingSince = error === null ? null : (endpoint.failingSince ?? at);
    if (status === GONE) await this.disable(tx, endpoint, 'gone');
    else if (isFailingTooLong(endpoint, at)) await this.disable(tx, endpoint, 'failing');
    await this.endpoints.saveHealth(tx, endpoint);
  }

  private async disable(tx: Tx, endpoint: WebhookEndpoint, reason: 'gone' | 'failing'): Promise<void> {
    endpoint.disable(reason);
    const detail = { reason, failingSince: endpoint.failingSince?.toISOString() ?? null };
    await this.audit.append(tx, { action: 'webhook.disable', targetType: 'webhookEndpoint', targetId: endpoint.id, detail });
  }
}

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

function isFailingTooLong({ failingSince }: WebhookEndpoint, at: Date): boolean {
  return failingSince !== null && at.getTime() - failingSince.getTime() > FAILING_LIMIT_MS;
}

/** Most tries tell nothing new of their endpoint, and must not queue up for its row. */
function hasNews(endpoint: WebhookEndpoint, { status, error }: TryResult, at: Date): boolean {
  if (error === null) return endpoint.failingSince !== null;
  return endpoint.failingSince === null || status === GONE || isFailingTooLong(endpoint, at);
}
