import type { WebhookDeliveryPage, WebhookDeliveryView, WebhookEndpointSecretView, WebhookEndpointView } from '@app/contracts';
import type { DeliveryDetail, EndpointWithSecret, WebhookEndpoint } from '@app/webhooks';

/** An endpoint as the API shows it: without its secret. */
export function toWebhookEndpointView(endpoint: WebhookEndpoint): WebhookEndpointView {
  const { id, url, description, eventTypes, state, disabledReason, failingSince, previousSecretUntil, createdBy, createdAt } = endpoint;
  return {
    id,
    url,
    description,
    eventTypes,
    state,
    disabledReason,
    failingSince: failingSince?.toISOString() ?? null,
    previousSecretUntil: previousSecretUntil?.toISOString() ?? null,
    createdBy,
    createdAt: createdAt.toISOString(),
  };
}

/** The one answer that shows a secret. */
export function toWebhookEndpointSecretView({ endpoint, secret }: EndpointWithSecret): WebhookEndpointSecretView {
  return { ...toWebhookEndpointView(endpoint), secret };
}

export function toWebhookDeliveryPage({ items, next }: { items: readonly DeliveryDetail[]; next: string | null }): WebhookDeliveryPage {
  return { items: items.map(toWebhookDeliveryView), next };
}

export function toWebhookDeliveryView({ delivery, event }: DeliveryDetail): WebhookDeliveryView {
  const { id, endpointId, eventId, state, tries, lastStatus, lastError, nextTryAt, deliveredAt, createdAt } = delivery;
  return {
    id,
    endpointId,
    eventId,
    type: event.type,
    subjectId: event.subjectId,
    state,
    tries,
    lastStatus,
    lastError,
    nextTryAt: nextTryAt?.toISOString() ?? null,
    deliveredAt: deliveredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
