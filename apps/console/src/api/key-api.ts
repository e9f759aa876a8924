import { ApiKeyList, ApiKeySecretView, ApiKeyView, type ApiKeyRequest, type ApiKeyRotation } from '@app/contracts';
import { json, type ApiCalls } from './api-calls';
import type { Answer } from './failure';

const KEYS = '/v1/api-keys';

/** The keys of the bank's own systems. */
export interface KeyApi {
  listKeys(): Promise<Answer<ApiKeyList>>;
  createKey(key: ApiKeyRequest): Promise<Answer<ApiKeySecretView>>;
  rotateKey(id: string, rotation: ApiKeyRotation): Promise<Answer<ApiKeySecretView>>;
  revokeKey(id: string): Promise<Answer<ApiKeyView>>;
}

export function keyApi({ ask }: ApiCalls): KeyApi {
  return {
    listKeys: () => ask(ApiKeyList, KEYS),
    createKey: (key) => ask(ApiKeySecretView, KEYS, json('POST', key)),
    rotateKey: (id, rotation) => ask(ApiKeySecretView, `${KEYS}/${id}/rotate`, json('POST', rotation)),
    revokeKey: (id) => ask(ApiKeyView, `${KEYS}/${id}/revoke`, { method: 'POST' }),
  };
}
