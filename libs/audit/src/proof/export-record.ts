import { z } from 'zod';

const Hash = z.string().regex(/^[0-9a-f]{64}$/);
const Uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const KeyId = z.string().regex(/^[0-9a-f]{32}$/);
const Count = z.number().int().min(1).max(Number.MAX_SAFE_INTEGER);
const Suite = z.enum(['standard', 'sm']);
const Fields = z.record(z.string().max(100), z.string());

export const EXPORT_FORMAT = 'piaoyan-audit/1';
export const CHAIN_FORMAT = 'piaoyan-audit-chain/1';

const PublicKey = z.strictObject({ id: KeyId, suite: Suite, spki: z.base64().max(200) });

/** First line of an export. Keys and numbers are what the box says of itself: a verifier compares them with what it has from elsewhere. */
export const HeaderRecord = z.strictObject({
  type: z.literal('header'),
  format: z.enum([EXPORT_FORMAT, CHAIN_FORMAT]),
  /** Null in an export of the chain over all tenants. */
  tenantId: Uuid.nullable(),
  exportedAt: z.string().max(40),
  keys: z.array(PublicKey).max(1_000),
  /** Numbers of the first and last segment, or link, in the file; null where it has none. */
  first: Count.nullable(),
  last: Count.nullable(),
  /** Whether the chain goes on after `last`: only a part was asked for. */
  isPart: z.boolean(),
  /** There where only what was sealed from some time on was asked for. */
  beginsLater: z.literal(true).optional(),
});
export type HeaderRecord = z.infer<typeof HeaderRecord>;

const SIGNED = { hash: Hash, linkHash: Hash, keyId: KeyId.nullable(), previousKeyId: KeyId.nullable(), signature: z.base64().max(200) };

/** A segment, before its entries. A segment that was never signed has no key and an empty signature. */
export const SegmentRecord = z.strictObject({
  type: z.literal('segment'),
  number: Count,
  firstSequence: Count,
  lastSequence: Count,
  entries: Count,
  root: Hash,
  previousHash: Hash.or(z.literal('')),
  sealedBelow: z.string().regex(/^\d{1,20}$/),
  sealedAt: z.string().max(40),
  suite: Suite,
  ...SIGNED,
  /** Leaves of the tree, one after the other, in base64: by them, once the root is found right, each entry is told apart. */
  leaves: z.base64(),
});
export type SegmentRecord = z.infer<typeof SegmentRecord>;

/** What stays of segments that outlived their time; before all segments. */
export const RemovalRecord = z.strictObject({
  type: z.literal('removal'),
  number: Count,
  firstSegment: Count,
  lastSegment: Count,
  firstSequence: Count,
  lastSequence: Count,
  entries: Count,
  root: Hash,
  lastHash: Hash,
  lastKeyId: KeyId,
  lastSealedAt: z.string().max(40),
  retentionDays: Count,
  removedAt: z.string().max(40),
  previousHash: Hash.or(z.literal('')),
  suite: Suite,
  hash: Hash,
  keyId: KeyId,
  signature: z.base64().max(200),
});
export type RemovalRecord = z.infer<typeof RemovalRecord>;

/** A sealed entry. */
export interface EntryRecord {
  type: 'entry';
  sequence: number;
  fields: Record<string, string>;
}

/** An entry that waits for its seal, after all segments. */
export const UnsealedRecord = z.strictObject({ type: z.literal('unsealed'), fields: Fields });

/** A place in the chain over all tenants. */
export const LinkRecord = z.strictObject({
  type: z.literal('link'),
  number: Count,
  tenantId: Uuid,
  segment: Count,
  segmentHash: Hash,
  previousHash: Hash.or(z.literal('')),
  suite: Suite,
  hash: Hash,
  keyId: KeyId.nullable(),
  previousKeyId: KeyId.nullable(),
  signature: z.base64().max(200),
});
export type LinkRecord = z.infer<typeof LinkRecord>;

/** Last line. `digest` (SHA-256, each line after the digest of those before it) shows changes of what is not signed, as far as nobody made it anew. */
export const EndRecord = z.strictObject({
  type: z.literal('end'),
  segments: z.number().int().min(0),
  entries: z.number().int().min(0),
  unsealed: z.number().int().min(0),
  digest: Hash,
});
export type EndRecord = z.infer<typeof EndRecord>;

export type ExportRecord =
  HeaderRecord | RemovalRecord | SegmentRecord | EntryRecord | z.infer<typeof UnsealedRecord> | LinkRecord | EndRecord;

/**
 * What a line says, or null for one that no export writes: the same content in other bytes (another order, a name twice, other escapes) is no
 * record, so that a reader cannot be shown something else than what is verified.
 */
export function readRecord(line: string): ExportRecord | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (JSON.stringify(value) !== line) return null;
  return isEntry(value) ? value : parsed(value);
}

const SCHEMAS = {
  header: HeaderRecord,
  removal: RemovalRecord,
  segment: SegmentRecord,
  unsealed: UnsealedRecord,
  link: LinkRecord,
  end: EndRecord,
} as const;

function parsed(value: unknown): ExportRecord | null {
  const type = z.object({ type: z.string() }).safeParse(value).data?.type ?? '';
  if (!Object.hasOwn(SCHEMAS, type)) return null;
  const result = SCHEMAS[type as keyof typeof SCHEMAS].safeParse(value);
  // A schema gives its members in its own order, which is the one that exports write.
  return result.success && JSON.stringify(result.data) === JSON.stringify(value) ? result.data : null;
}

/** By hand: nearly every line is an entry, and a schema would take longer than its hash. */
function isEntry(value: unknown): value is EntryRecord {
  if (typeof value !== 'object' || value === null) return false;
  const { type, sequence, fields, ...rest } = value as Partial<Record<string, unknown>>;
  if (type !== 'entry' || !Number.isSafeInteger(sequence) || typeof fields !== 'object' || fields === null) return false;
  return Object.keys(rest).length === 0 && !Array.isArray(fields) && hasFields(fields);
}

function hasFields(fields: object): boolean {
  let before = '';
  for (const [name, value] of Object.entries(fields)) {
    // An empty value would stand for none: nobody may add one unseen.
    if (name <= before || typeof value !== 'string' || value === '') return false;
    before = name;
  }
  return true;
}
