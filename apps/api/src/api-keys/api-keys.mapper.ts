import type { ApiKeySecretView, ApiKeyView } from '@app/contracts';
import { accessEnd, API_KEY_PREFIX, type ApiKey, type IssuedApiKey } from '@app/tenancy';

/** A key as the API shows it: without hashes and salts. */
export function toApiKeyView(key: ApiKey): ApiKeyView {
  const { id, name, lastFour, scopes, signing, allowedNetworks, certificateSha256 } = key;
  const now = new Date();
  return {
    ...{ id, name, prefix: API_KEY_PREFIX, lastFour, scopes, signing, allowedNetworks, certificateSha256 },
    state: accessEnd(key, now) ?? 'valid',
    createdAt: key.createdAt.toISOString(),
    expiresAt: key.expiresAt?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
    rotatedAt: key.rotatedAt?.toISOString() ?? null,
    previous: previousOf(key, now),
  };
}

/** The one answer that shows a secret. */
export function toApiKeySecretView({ key, secret }: IssuedApiKey): ApiKeySecretView {
  return { ...toApiKeyView(key), secret };
}

function previousOf({ previousLastFour, previousUntil, revokedAt }: ApiKey, now: Date): ApiKeyView['previous'] {
  if (previousLastFour === null || previousUntil === null || previousUntil <= now || revokedAt !== null) return null;
  return { lastFour: previousLastFour, validUntil: previousUntil.toISOString() };
}
