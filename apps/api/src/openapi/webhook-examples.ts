import type {
  WebhookDeliveryPage,
  WebhookDeliveryView,
  WebhookEndpointChange,
  WebhookEndpointList,
  WebhookEndpointRequest,
  WebhookEndpointSecretView,
  WebhookEndpointView,
  WebhookPayload,
  WebhookRotationRequest,
} from '@app/contracts';

const VERIFICATION_ID = '019ab1c2-5e6f-7a81-9b2c-3d4e5f607182';
const ENDPOINT_ID = '019ab1c2-7001-7b02-8c03-9d0405060708';
const EVENT_ID = '019ab1c2-7101-7b02-8c03-9d0405060708';

const payload: WebhookPayload = {
  type: 'verification.settled',
  timestamp: '2026-07-13T01:02:10.900Z',
  data: {
    verificationId: VERIFICATION_ID,
    receiptId: '019ab1c2-3d4e-7f50-8a6b-7c8d9e0f1a2b',
    idempotencyKey: 'claim-2026-000123-1',
    state: 'answered',
    verdict: 'mismatch',
    outcome: 'MISMATCH',
    charge: 'charged',
  },
};

const request: WebhookEndpointRequest = {
  url: 'https://erp.bank.example/piaoyan',
  description: 'claims system',
  eventTypes: ['verification.settled', 'verification.unknown'],
};

const change: WebhookEndpointChange = { state: 'active' };

const rotation: WebhookRotationRequest = { overlapHours: 24 };

const endpoint: WebhookEndpointView = {
  id: ENDPOINT_ID,
  ...request,
  state: 'active',
  disabledReason: null,
  failingSince: null,
  previousSecretUntil: null,
  createdBy: '019ab1c2-1111-7222-8333-444455556666',
  createdAt: '2026-07-13T01:00:00.000Z',
};

const withSecret: WebhookEndpointSecretView = { ...endpoint, secret: 'whsec_bm8gcmVhbCBzZWNyZXQ6IG9ubHkgYW4gZXhhbXBsZSE=' };

const endpoints: WebhookEndpointList = { items: [endpoint] };

const delivery: WebhookDeliveryView = {
  id: '019ab1c2-7201-7b02-8c03-9d0405060708',
  endpointId: ENDPOINT_ID,
  eventId: EVENT_ID,
  type: 'verification.settled',
  subjectId: VERIFICATION_ID,
  state: 'pending',
  tries: 1,
  lastStatus: 503,
  lastError: 'status',
  nextTryAt: '2026-07-13T01:02:16.200Z',
  deliveredAt: null,
  createdAt: '2026-07-13T01:02:10.900Z',
};

const deliveries: WebhookDeliveryPage = { items: [delivery], next: null };

/** Examples of the webhooks' part of the OpenAPI document. */
export const WEBHOOK_EXAMPLES = { payload, request, change, rotation, endpoint, withSecret, endpoints, delivery, deliveries };
