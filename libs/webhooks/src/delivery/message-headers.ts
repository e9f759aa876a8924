import { type Suite, SUITES, type SuiteName } from '@app/crypto';
import { secretBytes } from '../endpoint/webhook-secrets';

/** One message as it is sent: `id` and `body` stay the same at every try, the time is that of the try. */
export interface WebhookMessage {
  id: string;
  body: string;
  at: Date;
}

const STANDARD = { mark: 'v1', suite: SUITES.standard };
const SM = { mark: 'v1sm3', suite: SUITES.sm };

/**
 * The headers of Standard Webhooks. There is one signature for each secret, parted by blanks; an installation of the suite `sm` adds one by
 * HMAC-SM3 for each, which libraries of the standard pass over, as they must marks that they do not know.
 */
export function messageHeaders({ id, body, at }: WebhookMessage, secrets: readonly string[], suite: SuiteName): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const kinds = suite === 'sm' ? [STANDARD, SM] : [STANDARD];
  const signatures = kinds.flatMap((kind) =>
    secrets.map((secret) => `${kind.mark},${signature(kind.suite, secret, `${id}.${timestamp}.${body}`)}`),
  );
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') };
}

function signature(suite: Suite, secret: string, signed: string): string {
  return suite.keyedHash(secretBytes(secret), Buffer.from(signed)).toString('base64');
}
