import { createHmac } from 'node:crypto';
import { secretBytes } from '../endpoint/webhook-secrets';

/** One message as it is sent: `id` and `body` stay the same at every try, the time is that of the try. */
export interface WebhookMessage {
  id: string;
  body: string;
  at: Date;
}

/** The headers of Standard Webhooks. There is one signature for each secret, parted by blanks. */
export function messageHeaders({ id, body, at }: WebhookMessage, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`);
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signature(secret: string, signed: string): string {
  return createHmac('sha256', secretBytes(secret)).update(signed).digest('base64');
}
