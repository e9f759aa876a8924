import { AUDIT_SUITES } from './audit-suite';
import type { RemovalRecord, SegmentRecord } from './export-record';
import type { FindingCode } from './finding';
import type { KnownKeys } from './known-keys';
import { LEAST_RETENTION_DAYS, removalHash } from './removal';
import type { Coverage } from './verdict';

const DAY_MS = 86_400_000;

/** Follows the removals at the head of an export: each continues the one before, and the first segment continues the last of them. */
export class RemovalCheck {
  private readonly seen: RemovalRecord[] = [];

  constructor(
    private readonly tenantId: string,
    private readonly keys: KnownKeys,
  ) {}

  /** Those that hold, in their order, as a verdict tells of them. */
  get covered(): Coverage['removals'] {
    return this.seen.map(({ firstSegment, lastSegment, entries, lastSealedAt, retentionDays, removedAt }) => {
      return { firstSegment, lastSegment, entries, lastSealedAt, retentionDays, removedAt };
    });
  }

  get last(): RemovalRecord | null {
    return this.seen.at(-1) ?? null;
  }

  /** What is wrong with the next one, or null. */
  accept(removal: RemovalRecord): FindingCode | null {
    const fault = this.faultOf(removal);
    if (fault === null) this.seen.push(removal);
    return fault;
  }

  /** What is wrong with the first segment after them, or null. `isLater`: the export was asked for from a later one on. */
  begins(segment: SegmentRecord, isLater: boolean): FindingCode | null {
    const { last } = this;
    const next = (last?.lastSegment ?? 0) + 1;
    if (segment.number > next) return isLater ? null : 'head-cut';
    if (segment.number < next) return 'segment-chain';
    if (last === null) return null;
    const { previousHash, firstSequence, previousKeyId } = segment;
    return previousHash === last.lastHash && firstSequence === last.lastSequence + 1 && previousKeyId === last.lastKeyId
      ? null
      : 'segment-chain';
  }

  private faultOf(removal: RemovalRecord): FindingCode | null {
    const suite = AUDIT_SUITES[removal.suite];
    const root = Buffer.from(removal.root, 'hex');
    const lastHash = Buffer.from(removal.lastHash, 'hex');
    const previousHash = Buffer.from(removal.previousHash, 'hex');
    const hash = removalHash(suite, { ...removal, tenantId: this.tenantId, root, lastHash, previousHash });
    if (hash.toString('hex') !== removal.hash) return 'removal-altered';
    const { last } = this;
    const follows =
      removal.number === (last?.number ?? 0) + 1 &&
      removal.firstSegment === (last?.lastSegment ?? 0) + 1 &&
      removal.firstSequence === (last?.lastSequence ?? 0) + 1 &&
      removal.previousHash === (last?.hash ?? '');
    const isWhole = removal.lastSegment >= removal.firstSegment && removal.entries === removal.lastSequence - removal.firstSequence + 1;
    if (!follows || !isWhole) return 'removal-chain';
    if (!this.keys.hasSignedRemoval(removal)) return 'removal-signature';
    return isOldEnough(removal) ? null : 'removal-too-early';
  }
}

/** Times that are none are not old enough. */
function isOldEnough({ lastSealedAt, retentionDays, removedAt }: RemovalRecord): boolean {
  const keptMs = Date.parse(removedAt) - Date.parse(lastSealedAt);
  return retentionDays >= LEAST_RETENTION_DAYS && keptMs >= retentionDays * DAY_MS;
}
