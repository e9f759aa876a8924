import type { TenantContext } from '@app/database';
import { Injectable } from '@nestjs/common';
import {
  CHAIN_FORMAT,
  EXPORT_FORMAT,
  type ExportRecord,
  type HeaderRecord,
  type LinkRecord,
  type RemovalRecord,
  type SegmentRecord,
} from '../proof/export-record';
import { RunningDigest } from '../proof/running-digest';
import {
  ExportStore,
  type SealedEntry,
  type SealedWithin,
  type SegmentRange,
  type StoredLink,
  type StoredRemoval,
  type StoredSegment,
  type StoredSignature,
} from './export.store';

/** What was written speaks of segments that went while it was written: it would look like an audit that was tampered with. */
export class RemovedMeanwhileError extends Error {
  constructor() {
    super('segments of the audit outlived their time and were removed while they were exported: export again');
    this.name = 'RemovedMeanwhileError';
  }
}

const SEGMENTS_AT_ONCE = 200;
/** Of one query: as many as one segment may have. */
const ENTRIES_AT_ONCE = 4_096;

/** Writes what `verifyExport` reads: lines of JSON, each with its newline, a part of the file at a time. */
@Injectable()
export class AuditExport {
  constructor(private readonly store: ExportStore) {}

  /**
   * A tenant's signed segments with their entries, all of them or those sealed within a time, and what waits for its seal.
   * @throws RemovedMeanwhileError in place of the last line
   */
  async *ofTenant(tenant: TenantContext, within: SealedWithin = {}): AsyncGenerator<string> {
    const removals = await this.store.removals(tenant);
    const head = (await this.store.head(tenant)) ?? 0;
    const range = await this.store.rangeOf(tenant, within, head);
    const isPart = (range?.last ?? 0) < head;
    const out = new ExportLines();
    yield out.header(await this.headerOf(EXPORT_FORMAT, tenant.tenantId, { range, isPart, beginsLater: within.from !== undefined }));
    for (const removal of removals) yield out.line(removalRecord(removal));
    yield* this.segmentsOf(tenant, range, out);
    if (!isPart) yield* this.unsealed(tenant, head, out);
    if ((await this.store.removals(tenant)).length > removals.length) throw new RemovedMeanwhileError();
    yield out.end();
  }

  /** Some segments alone, as a part of the whole: for whoever looks at them before they go. */
  async *ofSegments(tenant: TenantContext, range: SegmentRange): AsyncGenerator<string> {
    const out = new ExportLines();
    yield out.header(await this.headerOf(EXPORT_FORMAT, tenant.tenantId, { range, isPart: true, beginsLater: true }));
    yield* this.segmentsOf(tenant, range, out);
    yield out.end();
  }

  private async *segmentsOf(tenant: TenantContext, range: SegmentRange | null, out: ExportLines): AsyncGenerator<string> {
    for (let at = range; at !== null && at.first <= at.last;) {
      const segments = await this.store.segments(tenant, at, SEGMENTS_AT_ONCE);
      for (const group of groupsOf(segments)) yield* this.written(tenant, group, out);
      at = { ...at, first: (segments.at(-1)?.number ?? at.last) + 1 };
    }
  }

  /** The chain over all tenants: which segment of which tenant was sealed after which. For the owner, as it reads each tenant's signatures. */
  async *ofChain(contextOf: (tenantId: string) => TenantContext): AsyncGenerator<string> {
    const last = await this.store.lastSignedLink();
    const out = new ExportLines();
    const range = last === null ? null : { first: 1, last };
    yield out.header(await this.headerOf(CHAIN_FORMAT, null, { range, isPart: false, beginsLater: false }));
    for (let first = 1; first <= (last ?? 0);) {
      const links = await this.store.links({ first, last: last ?? 0 }, SEGMENTS_AT_ONCE);
      const signatures = new Map<string, StoredSignature>();
      for (const tenantId of new Set(links.map((link) => link.tenantId))) {
        const segments = links.filter((link) => link.tenantId === tenantId).map(({ segment }) => segment);
        for (const [segment, signed] of await this.store.signatures(contextOf(tenantId), segments))
          signatures.set(`${tenantId}/${segment}`, signed);
      }
      yield links.map((link) => out.line(linkRecord(link, signatures.get(`${link.tenantId}/${link.segment}`)))).join('');
      first = (links.at(-1)?.number ?? last ?? 0) + 1;
    }
    yield out.end();
  }

  private async headerOf(
    format: HeaderRecord['format'],
    tenantId: string | null,
    { range, isPart, beginsLater }: { range: SegmentRange | null; isPart: boolean; beginsLater: boolean },
  ): Promise<HeaderRecord> {
    const keys = await this.store.keys();
    const { first, last } = range ?? { first: null, last: null };
    const said = { exportedAt: new Date().toISOString(), keys, first, last, isPart };
    return { type: 'header', format, tenantId, ...said, ...(beginsLater && { beginsLater: true }) };
  }

  private async *written(tenant: TenantContext, group: readonly StoredSegment[], out: ExportLines): AsyncGenerator<string> {
    const [first, last] = [group[0], group.at(-1)];
    if (first === undefined || last === undefined) return;
    const entries = await this.store.entries(tenant, { first: first.number, last: last.number });
    for (const segment of group) {
      const own = entries.filter(({ sequence }) => sequence >= segment.firstSequence && sequence <= segment.lastSequence);
      yield out.line(segmentRecord(segment, own)) + own.map((entry) => out.entry(entry)).join('');
    }
  }

  private async *unsealed(tenant: TenantContext, head: number, out: ExportLines): AsyncGenerator<string> {
    let after: string | null = null;
    for (;;) {
      const page = await this.store.unsealed(tenant, head, after, ENTRIES_AT_ONCE);
      yield page.map((fields) => out.line({ type: 'unsealed', fields: { ...fields } })).join('');
      if (page.length < ENTRIES_AT_ONCE) return;
      after = page.at(-1)?.id ?? null;
    }
  }
}

/** Makes the lines, and counts and digests them for the last one. */
class ExportLines {
  private readonly digest = new RunningDigest();
  private readonly counts = { segments: 0, entries: 0, unsealed: 0 };

  header(header: HeaderRecord): string {
    return this.line(header);
  }

  line(record: ExportRecord): string {
    if (record.type === 'segment' || record.type === 'link') this.counts.segments += 1;
    if (record.type === 'entry') this.counts.entries += 1;
    if (record.type === 'unsealed') this.counts.unsealed += 1;
    const text = JSON.stringify(record);
    this.digest.add(text);
    return `${text}\n`;
  }

  /** An entry that is gone has no line: the verifier misses it. */
  entry({ sequence, fields }: SealedEntry): string {
    return fields === null ? '' : this.line({ type: 'entry', sequence, fields: { ...fields } });
  }

  end(): string {
    return `${JSON.stringify({ type: 'end', ...this.counts, digest: this.digest.value() })}\n`;
  }
}

/** Members in the order of the schema, which is the order that verifiers demand. */
function segmentRecord(segment: StoredSegment, entries: readonly SealedEntry[]): SegmentRecord {
  const { number, firstSequence, lastSequence, entries: count, root, previousHash, sealedBelow, sealedAt, suite } = segment;
  const { hash, linkHash, keyId, previousKeyId, signature } = segment;
  const leaves = Buffer.concat(entries.map(({ leaf }) => leaf)).toString('base64');
  const content = { number, firstSequence, lastSequence, entries: count, root, previousHash, sealedBelow, sealedAt, suite };
  return { type: 'segment', ...content, hash, linkHash, keyId, previousKeyId, signature, leaves };
}

function removalRecord(removal: StoredRemoval): RemovalRecord {
  const { number, firstSegment, lastSegment, firstSequence, lastSequence, entries, root, lastHash, lastKeyId, lastSealedAt } = removal;
  const { retentionDays, removedAt, previousHash, suite, hash, keyId, signature } = removal;
  const content = { number, firstSegment, lastSegment, firstSequence, lastSequence, entries, root, lastHash, lastKeyId, lastSealedAt };
  return { type: 'removal', ...content, retentionDays, removedAt, previousHash, suite, hash, keyId, signature };
}

function linkRecord(link: StoredLink, signed: StoredSignature = { keyId: null, previousKeyId: null, signature: '' }): LinkRecord {
  const { number, tenantId, segment, segmentHash, previousHash, suite, hash } = link;
  return { type: 'link', number, tenantId, segment, segmentHash, previousHash, suite, hash, ...signed };
}

/** Segments that follow one another and have no more entries together than one query gives. */
function groupsOf(segments: readonly StoredSegment[]): StoredSegment[][] {
  const groups: StoredSegment[][] = [];
  let entries = ENTRIES_AT_ONCE;
  for (const segment of segments) {
    if (entries + segment.entries > ENTRIES_AT_ONCE) {
      groups.push([]);
      entries = 0;
    }
    groups.at(-1)?.push(segment);
    entries += segment.entries;
  }
  return groups;
}
