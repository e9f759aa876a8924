import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { IsNull, type Repository } from 'typeorm';
import { WebhookEndpoint } from './webhook-endpoint.entity';

/** All queries on endpoints. A foreign tenant's endpoint and a removed one are simply not found. */
@Injectable()
export class WebhookEndpointStore {
  async insert(tx: Tx, endpoint: WebhookEndpoint): Promise<void> {
    await this.rows(tx).insert(endpoint);
  }

  /** Newest first. */
  async list(tx: Tx): Promise<WebhookEndpoint[]> {
    return this.rows(tx).find({ where: { tenantId: tx.tenant.tenantId, removedAt: IsNull() }, order: { id: 'DESC' } });
  }

  async find(tx: Tx, id: string): Promise<WebhookEndpoint | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, id, removedAt: IsNull() });
  }

  /** The row, held against other writers until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<WebhookEndpoint | null> {
    const where = { tenantId: tx.tenant.tenantId, id, removedAt: IsNull() };
    return this.rows(tx).findOne({ where, lock: { mode: 'pessimistic_write' } });
  }

  /** Waits until no other transaction adds an endpoint for the tenant; held until this one ends. */
  async serialize(tx: Tx): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.tenantId}/webhook-endpoint`]);
  }

  /** What a manager of endpoints may change. */
  async save(tx: Tx, endpoint: WebhookEndpoint): Promise<void> {
    const { tenantId, id, url, description, eventTypes, secretSealed, previousSecretSealed, previousSecretUntil, removedAt } = endpoint;
    const secrets = { secretSealed, previousSecretSealed, previousSecretUntil };
    await this.rows(tx).update({ tenantId, id }, { url, description, eventTypes, ...secrets, removedAt, ...healthOf(endpoint) });
  }

  /** Whether it is told, and since when it fails: all that the worker may change. */
  async saveHealth(tx: Tx, endpoint: WebhookEndpoint): Promise<void> {
    await this.rows(tx).update({ tenantId: endpoint.tenantId, id: endpoint.id }, healthOf(endpoint));
  }

  private rows(tx: Tx): Repository<WebhookEndpoint> {
    return tx.manager.getRepository(WebhookEndpoint);
  }
}

function healthOf({ state, disabledReason, failingSince }: WebhookEndpoint) {
  return { state, disabledReason, failingSince };
}
