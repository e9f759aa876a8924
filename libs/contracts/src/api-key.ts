import { z } from 'zod';

const Instant = z.iso.datetime();
/** Longest overlap of a rotation: a month of weekends. */
const MAX_OVERLAP_HOURS = 720;
const MAX_DAYS = 3_650;

/** Whether requests present the key, or are signed with it. */
export const ApiKeySigning = z.enum(['none', 'required']);
export type ApiKeySigning = z.infer<typeof ApiKeySigning>;

/** What a new API key is to be. */
export const ApiKeyRequest = z.strictObject({
  /** What the key is for, such as the calling system. */
  name: z.string().trim().min(1).max(100),
  scopes: z.array(z.string().max(64)).min(1).max(64),
  /** Valid for so many days; the operator's setting may allow fewer. */
  validDays: z.int().min(1).max(MAX_DAYS),
  signing: ApiKeySigning.default('none'),
  /** Addresses and networks it may be used from; none means from anywhere. */
  allowedNetworks: z.array(z.string().max(64)).max(50).default([]),
  /** SHA-256 of the client certificate (DER) that it may be used with. */
  certificateSha256: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
    .nullable()
    .default(null),
});
export type ApiKeyRequest = z.infer<typeof ApiKeyRequest>;

/** How a key changes its secret: the old one stays valid until the overlap ends, 0 ends it at once. */
export const ApiKeyRotation = z.strictObject({
  overlapHours: z.int().min(0).max(MAX_OVERLAP_HOURS).default(24),
  /** The key's new end, from now; without it the old end stays. */
  validDays: z.int().min(1).max(MAX_DAYS).optional(),
});
export type ApiKeyRotation = z.infer<typeof ApiKeyRotation>;

/** A key as it is shown: never its secret. */
export const ApiKeyView = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  prefix: z.string(),
  lastFour: z.string(),
  scopes: z.array(z.string()),
  signing: ApiKeySigning,
  allowedNetworks: z.array(z.string()),
  certificateSha256: z.string().nullable(),
  state: z.enum(['valid', 'expired', 'revoked']),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  revokedAt: Instant.nullable(),
  /** To the minute. */
  lastUsedAt: Instant.nullable(),
  rotatedAt: Instant.nullable(),
  /** While the secret before the last rotation is valid too. */
  previous: z.strictObject({ lastFour: z.string(), validUntil: Instant }).nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;

/** The one answer that shows a secret. */
export const ApiKeySecretView = ApiKeyView.extend({ secret: z.string() });
export type ApiKeySecretView = z.infer<typeof ApiKeySecretView>;

export const ApiKeyList = z.strictObject({ items: z.array(ApiKeyView) });
export type ApiKeyList = z.infer<typeof ApiKeyList>;
