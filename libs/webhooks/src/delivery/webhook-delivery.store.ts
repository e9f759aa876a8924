import type { WebhookDeliveryQuery, WebhookEventType } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { In, LessThan, type Repository } from 'typeorm';
import { WebhookDelivery } from './webhook-delivery.entity';
import { WebhookEvent } from './webhook-event.entity';

/** A delivery with what it tells of. */
export interface DeliveryDetail {
  delivery: WebhookDelivery;
  event: Pick<WebhookEvent, 'type' | 'subjectId'>;
}

/** All queries on deliveries and their events. A foreign tenant's delivery is simply not found. */
@Injectable()
export class WebhookDeliveryStore {
  async find(tx: Tx, id: string): Promise<WebhookDelivery | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, id });
  }

  /** The row, held against other writers until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<WebhookDelivery | null> {
    return this.rows(tx).findOne({ where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** At most `limit` deliveries of an endpoint that are dead or overdue since before `overdueSince`, oldest first, held until the transaction ends. */
  async lockRedrivable(tx: Tx, endpointId: string, overdueSince: Date, limit: number): Promise<WebhookDelivery[]> {
    const place = { tenantId: tx.tenant.tenantId, endpointId };
    const where = [
      { ...place, state: 'dead' as const },
      { ...place, state: 'pending' as const, nextTryAt: LessThan(overdueSince) },
    ];
    return this.rows(tx).find({ where, order: { id: 'ASC' }, take: limit, lock: { mode: 'pessimistic_write' } });
  }

  async findEvent(tx: Tx, id: string): Promise<WebhookEvent | null> {
    return tx.manager.getRepository(WebhookEvent).findOneBy({ tenantId: tx.tenant.tenantId, id });
  }

  async save(tx: Tx, delivery: WebhookDelivery): Promise<void> {
    const { tenantId, id, state, tries, lastStatus, lastError, nextTryAt, deliveredAt } = delivery;
    await this.rows(tx).update({ tenantId, id }, { state, tries, lastStatus, lastError, nextTryAt, deliveredAt });
  }

  /** At most `limit` deliveries older than the one with the id `before`, newest first. */
  async page(tx: Tx, { limit, before, endpointId, state, type }: WebhookDeliveryQuery): Promise<DeliveryDetail[]> {
    const query = this.rows(tx).createQueryBuilder('d').where('d.tenantId = :tenantId', tx.tenant);
    if (before !== undefined) query.andWhere('d.id < :before', { before });
    if (endpointId !== undefined) query.andWhere('d.endpointId = :endpointId', { endpointId });
    if (state !== undefined) query.andWhere('d.state = :state', { state });
    if (type !== undefined) {
      query.innerJoin(WebhookEvent, 'e', 'e.tenantId = d.tenantId and e.id = d.eventId').andWhere('e.type = :type', { type });
    }
    return this.withEvents(tx, await query.orderBy('d.id', 'DESC').limit(limit).getMany());
  }

  async withEvents(tx: Tx, deliveries: readonly WebhookDelivery[]): Promise<DeliveryDetail[]> {
    const ids = [...new Set(deliveries.map(({ eventId }) => eventId))];
    const events = await tx.manager.getRepository(WebhookEvent).find({
      select: { id: true, type: true, subjectId: true },
      where: { tenantId: tx.tenant.tenantId, id: In(ids) },
    });
    return deliveries.map((delivery) => ({ delivery, event: eventOf(delivery, events) }));
  }

  private rows(tx: Tx): Repository<WebhookDelivery> {
    return tx.manager.getRepository(WebhookDelivery);
  }
}

function eventOf({ eventId }: WebhookDelivery, events: readonly WebhookEvent[]): { type: WebhookEventType; subjectId: string } {
  const event = events.find(({ id }) => id === eventId);
  if (event === undefined) throw new Error(`a delivery without its event ${eventId}, which a foreign key rules out`);
  return event;
}
