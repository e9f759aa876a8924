import type { ApiConfig } from '@app/config';

/** How callers are recognised and slowed down. */
export interface AccessSettings {
  /** Requests that one API key, or one person, may make in a second on average. */
  callsPerSecond: { apiKey: number; session: number };
  /** Wrong proofs that one address may present in a minute. */
  wrongProofsPerMinute: number;
  /** Reverse proxies whose word on a caller's address and certificate is believed. */
  trustedProxies: readonly string[];
  /** Header in which such a proxy tells the client certificate. */
  certificateHeader: string | null;
}

/** Injection token of `AccessSettings`. */
export const ACCESS_SETTINGS = Symbol('ACCESS_SETTINGS');

/** The settings as the operator gave them. */
export function accessSettings(config: ApiConfig): AccessSettings {
  return {
    callsPerSecond: { apiKey: config.PIAOYAN_API_KEY_CALLS_PER_SECOND, session: config.PIAOYAN_SESSION_CALLS_PER_SECOND },
    wrongProofsPerMinute: config.PIAOYAN_WRONG_KEYS_PER_MINUTE,
    trustedProxies: config.PIAOYAN_TRUSTED_PROXIES ?? [],
    certificateHeader: config.PIAOYAN_CLIENT_CERT_HEADER ?? null,
  };
}
