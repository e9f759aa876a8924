import { WebhookDeliveryQuery, WebhookEventType } from '@app/contracts';
import { schemaRef, type SchemaName } from './json-schemas';
import { ID } from './parameters';
import { queryParameters } from './query-parameters';
import { json, problems } from './responses';
import { WEBHOOK_EXAMPLES as EXAMPLES } from './webhook-examples';

const body = (name: SchemaName, example: unknown): object => ({
  required: true,
  content: { 'application/json': { schema: schemaRef(name), examples: { first: { value: example } } } },
});
const operation = (operationId: string, summary: string, rest: object): object => ({ tags: ['webhooks'], operationId, summary, ...rest });

/** Endpoints and deliveries. What is fixed stands before `{id}`. */
export function webhookPaths(): object {
  return {
    '/v1/webhooks': {
      get: operation('listWebhooks', 'Endpoints, newest first', {
        responses: { 200: json('All of them', 'WebhookEndpointList', EXAMPLES.endpoints), ...problems() },
      }),
      post: operation('createWebhook', 'Add an endpoint; its secret is shown this once', {
        requestBody: body('WebhookEndpointRequest', EXAMPLES.request),
        responses: {
          201: json('The endpoint and its secret', 'WebhookEndpointSecretView', EXAMPLES.withSecret),
          ...problems('invalid-request', 'invalid-field', 'webhook-target-not-allowed', 'webhook-limit-reached'),
        },
      }),
    },
    '/v1/webhooks/deliveries': {
      get: operation('listWebhookDeliveries', 'Deliveries, newest first', {
        parameters: queryParameters(WebhookDeliveryQuery),
        responses: { 200: json('One page', 'WebhookDeliveryPage', EXAMPLES.deliveries), ...problems('invalid-field') },
      }),
    },
    '/v1/webhooks/deliveries/{id}/redrive': {
      post: operation('redriveWebhookDelivery', 'Try a delivery again that is dead, or whose next try is overdue by an hour', {
        parameters: [ID],
        responses: {
          202: json('It is pending again', 'WebhookDeliveryView', EXAMPLES.delivery),
          ...problems('not-found', 'webhook-not-dead', 'webhook-disabled'),
        },
      }),
    },
    '/v1/webhooks/{id}': endpointItem(),
    '/v1/webhooks/{id}/rotate': {
      post: operation('rotateWebhookSecret', 'Make another secret, shown this once; the old one signs too until the overlap ends', {
        parameters: [ID],
        requestBody: body('WebhookRotationRequest', EXAMPLES.rotation),
        responses: {
          201: json('The endpoint and its new secret', 'WebhookEndpointSecretView', EXAMPLES.withSecret),
          ...problems('invalid-request', 'invalid-field', 'not-found'),
        },
      }),
    },
    '/v1/webhooks/{id}/test': {
      post: operation('testWebhook', 'Send the endpoint an event that means nothing', {
        parameters: [ID],
        responses: {
          202: json('It is on its way', 'WebhookDeliveryView', EXAMPLES.delivery),
          ...problems('not-found', 'webhook-disabled'),
        },
      }),
    },
    '/v1/webhooks/{id}/redrive': {
      post: operation('redriveWebhook', "Try the endpoint's dead and overdue deliveries again, the oldest first, so many at once", {
        parameters: [ID],
        responses: {
          202: json('They are pending again', 'WebhookRedriveView', { redriven: 17, isComplete: true }),
          ...problems('not-found', 'webhook-disabled'),
        },
      }),
    },
  };
}

function endpointItem(): object {
  return {
    get: operation('getWebhook', 'An endpoint', {
      parameters: [ID],
      responses: { 200: json('The endpoint', 'WebhookEndpointView', EXAMPLES.endpoint), ...problems('not-found') },
    }),
    patch: operation('changeWebhook', 'Change an endpoint, disable it or enable it again', {
      parameters: [ID],
      requestBody: body('WebhookEndpointChange', EXAMPLES.change),
      responses: {
        200: json('The endpoint as it is now', 'WebhookEndpointView', EXAMPLES.endpoint),
        ...problems('invalid-request', 'invalid-field', 'not-found', 'webhook-target-not-allowed'),
      },
    }),
    delete: operation('removeWebhook', 'Remove an endpoint; what is under way to it is given up', {
      parameters: [ID],
      responses: { 204: { description: 'Removed' }, ...problems('not-found') },
    }),
  };
}

/** What receivers get: one operation for each type of event. */
export function webhookMessages(): object {
  const header = (name: string, description: string): object => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
  });
  const post = {
    tags: ['webhooks'],
    summary: 'Sent to the endpoints that subscribed, signed as Standard Webhooks describes',
    security: [],
    parameters: [
      header('webhook-id', 'Id of the event, the same at every try: what was handled before is to be answered 2xx again'),
      header('webhook-timestamp', 'Seconds since 1970 at the time of the try; refuse what is older than five minutes'),
      header(
        'webhook-signature',
        'v1, and the base64 HMAC-SHA256 of id.timestamp.body; two of them, parted by a blank, during a rotation; in the suite sm also v1sm3, and the base64 HMAC-SM3',
      ),
    ],
    requestBody: {
      required: true,
      content: { 'application/json': { schema: schemaRef('WebhookPayload'), example: EXAMPLES.payload } },
    },
    responses: {
      '2XX': { description: 'Taken' },
      410: { description: 'The endpoint is disabled' },
      default: { description: 'Tried again later' },
    },
  };
  return Object.fromEntries(WebhookEventType.options.map((type) => [type, { post }]));
}
