import { z } from 'zod';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const Count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);

/**
 * The signed head of a tenant's chain, or of the chain over all tenants, to be kept where nobody of the installation can change it. It holds
 * nothing that is not in the segment and its signature: anybody who has the public key can check it.
 */
export const Anchor = z.strictObject({
  type: z.literal('anchor'),
  /** Null: the chain over all tenants, whose numbers count segments of all. */
  tenantId: Uuid.nullable(),
  /** Number of the last segment, or of the last link. */
  number: Count,
  /** Entries sealed so far; null for the chain over all tenants. */
  sequence: Count.nullable(),
  segmentHash: Hash,
  linkHash: Hash,
  keyId: z.string().regex(/^[0-9a-f]{32}$/),
  previousKeyId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
  /** In base64. */
  signature: z.base64().max(200),
  /** When it was written; not signed: what keeps the anchor proves when it got it. */
  anchoredAt: z.string().max(40),
});
export type Anchor = z.infer<typeof Anchor>;

/** One line, the same everywhere: in a file, in a syslog message, on paper. */
export const anchorLine = (anchor: Anchor): string => JSON.stringify(anchor);
