import { AuditLog } from '@app/audit';
import { ProblemError, type WebhookDeliveryQuery, type WebhookRedriveView } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { WebhookEndpointStore } from '../endpoint/webhook-endpoint.store';
import { OVERDUE_MS, type WebhookDelivery } from './webhook-delivery.entity';
import { type DeliveryDetail, WebhookDeliveryStore } from './webhook-delivery.store';

/** Deliveries that one call re-drives: one transaction must stay short. */
const MAX_REDRIVEN = 200;

/** What a tenant can do with its deliveries. */
@Injectable()
export class WebhookDeliveries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: WebhookDeliveryStore,
    private readonly endpoints: WebhookEndpointStore,
    private readonly jobs: JobQueue,
    private readonly audit: AuditLog,
  ) {}

  /** At most `limit` deliveries, newest first, and the `before` of the following page. */
  async page(tenant: TenantContext, query: WebhookDeliveryQuery): Promise<{ items: DeliveryDetail[]; next: string | null }> {
    const rows = await this.unitOfWork.run(tenant, (tx) => this.store.page(tx, { ...query, limit: query.limit + 1 }));
    const items = rows.slice(0, query.limit);
    return { items, next: rows.length > query.limit ? (items.at(-1)?.delivery.id ?? null) : null };
  }

  /**
   * Tries a delivery again, from its first try on, that was given up or whose next try never came.
   * @throws ProblemError `not-found`, `webhook-not-dead`, `webhook-disabled`
   */
  async redrive(tenant: TenantContext, id: string): Promise<DeliveryDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const delivery = await this.store.lock(tx, id);
      if (delivery === null) throw new ProblemError('not-found');
      if (!delivery.mayBeRedriven(new Date())) throw new ProblemError('webhook-not-dead');
      await this.assertActive(tx, delivery.endpointId);
      await this.restart(tx, delivery);
      const [detail] = await this.store.withEvents(tx, [delivery]);
      if (detail === undefined) throw new Error('one delivery has one detail');
      return detail;
    });
  }

  /**
   * Tries the oldest of an endpoint's deliveries again that were given up or are overdue.
   * @throws ProblemError `not-found`, `webhook-disabled`
   */
  async redriveAll(tenant: TenantContext, endpointId: string): Promise<WebhookRedriveView> {
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.assertActive(tx, endpointId);
      const overdueSince = new Date(Date.now() - OVERDUE_MS);
      const found = await this.store.lockRedrivable(tx, endpointId, overdueSince, MAX_REDRIVEN + 1);
      const chosen = found.slice(0, MAX_REDRIVEN);
      for (const delivery of chosen) await this.restart(tx, delivery);
      return { redriven: chosen.length, isComplete: found.length <= MAX_REDRIVEN };
    });
  }

  private async assertActive(tx: Tx, endpointId: string): Promise<void> {
    const endpoint = await this.endpoints.find(tx, endpointId);
    if (endpoint === null) throw new ProblemError('not-found');
    if (!endpoint.isActive) throw new ProblemError('webhook-disabled');
  }

  private async restart(tx: Tx, delivery: WebhookDelivery): Promise<void> {
    const { tenantId, id, endpointId, eventId, tries } = delivery;
    delivery.redrive(new Date());
    await this.store.save(tx, delivery);
    await this.jobs.enqueue(tx, 'webhook.deliver', { tenantId, deliveryId: id, number: 1 });
    const detail = { endpointId, eventId, tries };
    await this.audit.append(tx, { action: 'webhook.redrive', targetType: 'webhookDelivery', targetId: id, detail });
  }
}
