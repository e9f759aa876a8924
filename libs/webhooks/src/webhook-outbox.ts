import { WebhookPayload } from '@app/contracts';
import type { Tx } from '@app/database';
import { JobQueue } from '@app/queue';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';

/** What happened to what. */
export type WebhookNews = WebhookPayload extends infer P
  ? P extends { type: infer T; data: infer D }
    ? { type: T; subjectId: string; data: D }
    : never
  : never;

/** Hands news to the tenant's webhooks. What is emitted goes out exactly when the caller's transaction commits. */
@Injectable()
export class WebhookOutbox {
  constructor(private readonly jobs: JobQueue) {}

  /** To every active endpoint that subscribed to the type: one read of an index when there is none, which is the common case. */
  async emit(tx: Tx, ...news: WebhookNews[]): Promise<void> {
    const told = news.map((one) => ({ one, payload: payloadOf(one) }));
    if (told.length === 0) return;
    const active = await activeEndpoints(tx);
    for (const { one, payload } of told) {
      const endpointIds = active.filter(({ eventTypes }) => eventTypes.includes(one.type)).map(({ id }) => id);
      if (endpointIds.length > 0) await this.write(tx, one, payload, endpointIds);
    }
  }

  /** To one endpoint, whatever it subscribed to; gives the id of the delivery. */
  async emitTo(tx: Tx, endpointId: string, news: WebhookNews): Promise<string> {
    const [deliveryId] = await this.write(tx, news, payloadOf(news), [endpointId]);
    if (deliveryId === undefined) throw new Error('one endpoint gives one delivery');
    return deliveryId;
  }

  private async write(tx: Tx, news: WebhookNews, payload: WebhookPayload, endpointIds: readonly string[]): Promise<string[]> {
    const eventId = uuidv7();
    const { tenantId } = tx.tenant;
    await tx.manager.query(
      'insert into webhook_event (tenant_id, id, type, subject_id, payload, created_at) values ($1, $2, $3, $4, $5, $6)',
      [tenantId, eventId, news.type, news.subjectId, JSON.stringify(payload), payload.timestamp],
    );
    const deliveries = endpointIds.map((endpointId) => ({ id: uuidv7(), endpointId }));
    for (const { id, endpointId } of deliveries) {
      await tx.manager.query(
        `insert into webhook_delivery (tenant_id, id, event_id, endpoint_id, state, tries, next_try_at, created_at)
         values ($1, $2, $3, $4, 'pending', 0, $5, $5)`,
        [tenantId, id, eventId, endpointId, payload.timestamp],
      );
      await this.jobs.enqueue(tx, 'webhook.deliver', { tenantId, deliveryId: id, number: 1 });
    }
    return deliveries.map(({ id }) => id);
  }
}

/** The schema is strict: whatever it has no place for stops here, in the first test that emits it. */
function payloadOf({ type, data }: WebhookNews): WebhookPayload {
  return WebhookPayload.parse({ type, timestamp: new Date().toISOString(), data });
}

// What each subscribed to is looked at here: under row security an index could not help to search an array anyway.
async function activeEndpoints(tx: Tx): Promise<{ id: string; eventTypes: string[] }[]> {
  return tx.manager.query<{ id: string; eventTypes: string[] }[]>(
    `select id, event_types as "eventTypes" from webhook_endpoint where tenant_id = $1 and state = 'active'`,
    [tx.tenant.tenantId],
  );
}
