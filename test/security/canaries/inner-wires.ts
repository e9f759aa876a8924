import { EGRESS_CALL_PATH, EgressCall, WebhookPayload } from '@app/contracts';
import type { AskedElements } from './asked-elements';
import { expectHeaders, WireFault, type WireRequest } from './wire-request';

const HOST = /^127\.0\.0\.1:\d+$/;
const LENGTH = /^\d+$/;
const JSON_TYPE = /^application\/json(; charset=utf-8)?$/;
const KEPT = /^(close|keep-alive)$/;

/**
 * Demands that what a worker sends to the gateway is a call in the contract's shape about a verification of ours, and nothing else.
 * @throws WireFault
 */
export function checkGatewayCall({ line, headers, body }: WireRequest, asked: AskedElements): void {
  if (line !== `POST ${EGRESS_CALL_PATH} HTTP/1.1`) throw new WireFault('another request line');
  expectHeaders(headers, {
    host: HOST,
    connection: KEPT,
    'content-type': JSON_TYPE,
    accept: /^application\/json$/,
    'content-length': LENGTH,
  });
  if (!asked.has(parsed(EgressCall, body).elements)) throw new WireFault('elements of no verification');
}

/**
 * Demands that a webhook is a message in the contract's shape, which has no place for anything of a bill, and nothing else.
 * @throws WireFault
 */
export function checkWebhook({ line, headers, body }: WireRequest, path: string): void {
  if (line !== `POST ${path} HTTP/1.1`) throw new WireFault('another request line');
  expectHeaders(headers, {
    host: HOST,
    connection: KEPT,
    'content-type': JSON_TYPE,
    'user-agent': /^piaoyan$/,
    'webhook-id': /^[0-9a-f-]{36}$/,
    'webhook-timestamp': /^\d{10}$/,
    'webhook-signature': /^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)?$/,
    'content-length': LENGTH,
  });
  parsed(WebhookPayload, body);
}

/** In the contract's shape, and written so that it has no room beside it: blanks, and keys that stand twice. */
function parsed<T>(schema: { safeParse(value: unknown): { success: true; data: T } | { success: false } }, body: Buffer): T {
  const value: unknown = JSON.parse(body.toString());
  const result = schema.safeParse(value);
  if (!result.success) throw new WireFault('a body that is not in the shape of the contract');
  if (JSON.stringify(value) !== body.toString()) throw new WireFault('a body with something beside its content');
  return result.data;
}
