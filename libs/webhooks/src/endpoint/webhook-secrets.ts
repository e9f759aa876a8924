import type { SuiteName } from '@app/crypto';
import { type Keyring, type KeyHolder, type PlacedColumn, type SealPlace, textOf } from '@app/keyring';
import { randomBytes } from 'node:crypto';
import type { WebhookEndpoint } from './webhook-endpoint.entity';

/** As Standard Webhooks recommends: 24 to 64 bytes. */
const SECRET_BYTES = 32;
const PREFIX = 'whsec_';

/** The sealed columns of webhooks. */
export const WEBHOOK_COLUMNS: readonly PlacedColumn[] = ['secret_sealed', 'previous_secret_sealed'].map((column) => ({
  name: `webhook_endpoint.${column}`,
  place: (row) => placeOf(textOf(row, 'id')),
}));

/** Makes signing secrets, and seals and opens them. In the database they are never in clear. */
export class WebhookSecrets {
  constructor(private readonly keyring: Keyring) {}

  /** Whose keyed hash signs. */
  get suite(): SuiteName {
    return this.keyring.suite;
  }

  /** A new secret of an endpoint as its receiver configures it (`whsec_` and base64), and as the database keeps it. */
  async create(holder: KeyHolder, endpointId: string): Promise<{ secret: string; sealed: Buffer }> {
    const secret = `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret, sealed: await this.keyring.seal(holder, placeOf(endpointId), Buffer.from(secret)) };
  }

  /**
   * The secrets that a message to this endpoint is signed with at that time, the current one first; none for a removed endpoint.
   * @throws UnsealError
   */
  async signingSecrets(holder: KeyHolder, endpoint: WebhookEndpoint, at: Date): Promise<string[]> {
    const { id, secretSealed, previousSecretSealed, previousSecretUntil } = endpoint;
    const isOverlapping = previousSecretUntil !== null && previousSecretUntil > at;
    const sealed = [secretSealed, isOverlapping ? previousSecretSealed : null].filter((one) => one !== null);
    const secrets = await Promise.all(sealed.map((one) => this.keyring.open(holder, placeOf(id), one)));
    return secrets.map((secret) => secret.toString());
  }
}

/** The key bytes of a secret. */
export function secretBytes(secret: string): Buffer {
  return Buffer.from(secret.slice(PREFIX.length), 'base64');
}

function placeOf(rowId: string): SealPlace {
  return { dataClass: 'secret', purpose: 'webhook_endpoint.secret', rowId };
}
