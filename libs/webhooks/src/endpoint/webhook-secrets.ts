import type { Sealer } from '@app/crypto';
import { randomBytes } from 'node:crypto';
import type { WebhookEndpoint } from './webhook-endpoint.entity';

/** As Standard Webhooks recommends: 24 to 64 bytes. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

type Place = Pick<WebhookEndpoint, 'tenantId' | 'id'>;

/** Makes signing secrets, and seals and opens them. In the database they are never in clear. */
export class WebhookSecrets {
  constructor(private readonly sealer: Sealer) {}

  /** A new secret as its receiver configures it (`whsec_` and base64), and as the database keeps it. */
  create(place: Place): { secret: string; sealed: Buffer } {
    const secret = `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret, sealed: this.sealer.seal(contextOf(place), Buffer.from(secret)) };
  }

  /**
   * The secrets that a message to this endpoint is signed with at that time, the current one first; none for a removed endpoint.
   * @throws UnsealError
   */
  signingSecrets(endpoint: WebhookEndpoint, at: Date): string[] {
    const { secretSealed, previousSecretSealed, previousSecretUntil } = endpoint;
    const isOverlapping = previousSecretUntil !== null && previousSecretUntil > at;
    return [secretSealed, isOverlapping ? previousSecretSealed : null]
      .filter((sealed) => sealed !== null)
      .map((sealed) => this.sealer.open(contextOf(endpoint), sealed).toString());
  }
}

/** The key bytes of a secret. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

function contextOf({ tenantId, id }: Place) {
  return { tenantId, purpose: 'webhook-secret', rowId: id };
}
