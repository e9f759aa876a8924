import { AuditLog } from '@app/audit';
import { ProblemError, type WebhookEndpointChange, type WebhookEndpointRequest } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { v7 as uuidv7 } from 'uuid';
import { type DeliveryDetail, WebhookDeliveryStore } from '../delivery/webhook-delivery.store';
import type { AllowedTargets } from '../target/allowed-targets';
import { TargetRefusedError } from '../target/target-refused.error';
import { WebhookOutbox } from '../webhook-outbox';
import { WebhookEndpoint } from './webhook-endpoint.entity';
import { WebhookEndpointStore } from './webhook-endpoint.store';
import type { WebhookSecrets } from './webhook-secrets';

/** Endpoints that a tenant may have: each of them costs a delivery for every event. */
export const MAX_ENDPOINTS = 20;
const HOUR_MS = 3_600_000;

/** An endpoint with the secret that was just made for it, which exists in clear nowhere else. */
export interface EndpointWithSecret {
  endpoint: WebhookEndpoint;
  secret: string;
}

/** What a tenant can do with its endpoints. Every change is on record. */
export class WebhookEndpoints {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: WebhookEndpointStore,
    private readonly deliveries: WebhookDeliveryStore,
    private readonly outbox: WebhookOutbox,
    private readonly audit: AuditLog,
    private readonly secrets: WebhookSecrets,
    private readonly allowed: AllowedTargets,
  ) {}

  async list(tenant: TenantContext): Promise<WebhookEndpoint[]> {
    return this.unitOfWork.run(tenant, (tx) => this.store.list(tx));
  }

  /** @throws ProblemError `not-found`, for a foreign endpoint as for a missing one */
  async get(tenant: TenantContext, id: string): Promise<WebhookEndpoint> {
    return this.unitOfWork.run(tenant, async (tx) => found(await this.store.find(tx, id)));
  }

  /** @throws ProblemError `webhook-target-not-allowed`, `webhook-limit-reached` */
  async create(tenant: TenantContext, request: WebhookEndpointRequest): Promise<EndpointWithSecret> {
    this.assertAllowed(request.url);
    return this.unitOfWork.run(tenant, async (tx) => {
      await this.store.serialize(tx);
      if ((await this.store.list(tx)).length >= MAX_ENDPOINTS) throw new ProblemError('webhook-limit-reached');
      const id = uuidv7();
      const { secret, sealed } = await this.secrets.create(tx, id);
      const endpoint = newEndpoint(tenant, id, request, sealed);
      await this.store.insert(tx, endpoint);
      await this.record(tx, 'webhook.create', endpoint, { eventTypes: request.eventTypes.join(' '), host: new URL(request.url).host });
      return { endpoint, secret };
    });
  }

  /** @throws ProblemError `not-found`, `webhook-target-not-allowed` */
  async change(tenant: TenantContext, id: string, change: WebhookEndpointChange): Promise<WebhookEndpoint> {
    if (change.url !== undefined) this.assertAllowed(change.url);
    return this.changed(tenant, id, async (tx, endpoint) => {
      const { state, url, description, eventTypes } = change;
      endpoint.url = url ?? endpoint.url;
      endpoint.description = description ?? endpoint.description;
      endpoint.eventTypes = eventTypes ?? endpoint.eventTypes;
      if (state === 'active') endpoint.enable();
      if (state === 'disabled' && endpoint.isActive) endpoint.disable('requested');
      await this.record(tx, 'webhook.update', endpoint, {
        state: endpoint.state,
        eventTypes: endpoint.eventTypes.join(' '),
        host: new URL(endpoint.url).host,
      });
    });
  }

  /** Gives the endpoint another secret. The old one signs too until the overlap ends, so that the receiver can change over. */
  async rotate(tenant: TenantContext, id: string, overlapHours: number): Promise<EndpointWithSecret> {
    const { secret, sealed } = await this.secrets.create(tenant, id);
    const endpoint = await this.changed(tenant, id, async (tx, one) => {
      one.rotateSecret(sealed, overlapHours === 0 ? null : new Date(Date.now() + overlapHours * HOUR_MS));
      await this.record(tx, 'webhook.rotate', one, { overlapHours });
    });
    return { endpoint, secret };
  }

  /** The endpoint is told nothing more; what is under way to it is given up. */
  async remove(tenant: TenantContext, id: string): Promise<void> {
    await this.changed(tenant, id, async (tx, endpoint) => {
      endpoint.remove(new Date());
      await this.record(tx, 'webhook.remove', endpoint, {});
    });
  }

  /**
   * Sends an event that means nothing, to see whether it arrives.
   * @throws ProblemError `not-found`, `webhook-disabled`
   */
  async test(tenant: TenantContext, id: string): Promise<DeliveryDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const endpoint = found(await this.store.find(tx, id));
      if (!endpoint.isActive) throw new ProblemError('webhook-disabled');
      const deliveryId = await this.outbox.emitTo(tx, id, { type: 'webhook.test', subjectId: id, data: { endpointId: id } });
      await this.record(tx, 'webhook.test', endpoint, { deliveryId });
      const delivery = await this.deliveries.find(tx, deliveryId);
      if (delivery === null) throw new Error('a delivery that was just made is there');
      return { delivery, event: { type: 'webhook.test', subjectId: id } };
    });
  }

  private async changed(
    tenant: TenantContext,
    id: string,
    change: (tx: Tx, endpoint: WebhookEndpoint) => Promise<void>,
  ): Promise<WebhookEndpoint> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const endpoint = found(await this.store.lock(tx, id));
      await change(tx, endpoint);
      await this.store.save(tx, endpoint);
      return endpoint;
    });
  }

  private assertAllowed(url: string): void {
    try {
      this.allowed.admit(url);
    } catch (error) {
      if (!(error instanceof TargetRefusedError)) throw error;
      throw new ProblemError('webhook-target-not-allowed', { detail: error.message, errors: [{ field: 'url', message: error.reason }] });
    }
  }

  /** A URL's path and query may hold a secret of the receiver's: the audit keeps the host alone. */
  private record(
    tx: Tx,
    action: 'webhook.create' | 'webhook.update' | 'webhook.rotate' | 'webhook.remove' | 'webhook.test',
    endpoint: WebhookEndpoint,
    detail: Record<string, string | number>,
  ): Promise<void> {
    return this.audit.append(tx, { action, targetType: 'webhookEndpoint', targetId: endpoint.id, detail });
  }
}

function found(endpoint: WebhookEndpoint | null): WebhookEndpoint {
  if (endpoint === null) throw new ProblemError('not-found');
  return endpoint;
}

function newEndpoint(tenant: TenantContext, id: string, request: WebhookEndpointRequest, secretSealed: Buffer): WebhookEndpoint {
  return Object.assign(new WebhookEndpoint(), {
    tenantId: tenant.tenantId,
    id,
    url: request.url,
    description: request.description,
    eventTypes: request.eventTypes,
    state: 'active' as const,
    disabledReason: null,
    failingSince: null,
    secretSealed,
    previousSecretSealed: null,
    previousSecretUntil: null,
    createdBy: tenant.actor.id,
    createdAt: new Date(),
    removedAt: null,
  });
}
