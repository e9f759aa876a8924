import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LinkRecord, RemovalRecord, SegmentRecord } from '../proof/export-record';
import type { EntryFields } from '../proof/sealed-entry';
import type { AuditSuiteName } from '../proof/audit-suite';
import { fieldsOf, SELECT_SEALED_COLUMNS, utcText } from '../sealing/sealed-columns';

/** Numbers of segments, both included. */
export interface SegmentRange {
  first: number;
  last: number;
}

/** Times of sealing: from the first moment on, and before the second. */
export interface SealedWithin {
  from?: Date | undefined;
  before?: Date | undefined;
}

/** A segment as the database has it; `leaves` are those of the seals that are still there. */
export type StoredSegment = Omit<SegmentRecord, 'type' | 'leaves'>;

/** A removal as the database has it. */
export type StoredRemoval = Omit<RemovalRecord, 'type'>;

/** A seal and its entry; `fields` is null where the entry is gone. */
export interface SealedEntry {
  sequence: number;
  segment: number;
  leaf: Buffer;
  fields: EntryFields | null;
}

const hex = (column: string): string => `encode(${column}, 'hex')`;
const SIGNATURE = `s.key_id as "keyId", s.previous_key_id as "previousKeyId", coalesce(translate(encode(s.signature, 'base64'), E'\\n', ''), '') as signature`;

/** Queries of exports: in short transactions, since what is sealed no longer changes. */
@Injectable()
export class ExportStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async keys(): Promise<{ id: string; suite: AuditSuiteName; spki: string }[]> {
    return this.dataSource.query(
      `select id, suite, translate(encode(spki, 'base64'), E'\\n', '') as spki from audit_signing_key order by first_used_at, id`,
    );
  }

  /** Number of the last segment that is signed; null before the first. What is sealed after it is signed in a moment. */
  async head(tenant: TenantContext): Promise<number | null> {
    const [row] = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<{ last: string | null }[]>('select max(segment) as last from audit_signature where tenant_id = $1', [tenant.tenantId]),
    );
    return row?.last == null ? null : Number(row.last);
  }

  /** What stays of segments that outlived their time, in their order. */
  async removals(tenant: TenantContext): Promise<StoredRemoval[]> {
    const rows = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<Numbered<StoredRemoval, 'firstSegment' | 'lastSegment' | 'firstSequence' | 'lastSequence' | 'entries'>[]>(
        `select number, first_segment as "firstSegment", last_segment as "lastSegment", first_sequence as "firstSequence",
                last_sequence as "lastSequence", entries, ${hex('root')} as root, ${hex('last_hash')} as "lastHash", last_key_id as "lastKeyId",
                ${utcText('last_sealed_at')} as "lastSealedAt", retention_days as "retentionDays", ${utcText('removed_at')} as "removedAt",
                ${hex('previous_hash')} as "previousHash", suite, ${hex('hash')} as hash, key_id as "keyId",
                translate(encode(signature, 'base64'), E'\\n', '') as signature
         from audit_removal where tenant_id = $1 order by number`,
        [tenant.tenantId],
      ),
    );
    return rows.map((row) => ({ ...row, ...numbersOf(row, 'firstSegment', 'lastSegment', 'firstSequence', 'lastSequence', 'entries') }));
  }

  /**
   * The signed segments that were sealed within a time, from the first that was not removed on; null when there are none. Rows of removed
   * ones may be there for a moment longer.
   */
  async rangeOf(tenant: TenantContext, { from, before }: SealedWithin, head: number): Promise<SegmentRange | null> {
    const [row] = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<{ first: string | null; last: string | null }[]>(
        `select min(number) as first, max(number) as last from audit_segment where tenant_id = $1 and number <= $2
         and number > (select coalesce(max(last_segment), 0) from audit_removal where tenant_id = $1)
         and ($3::timestamptz is null or sealed_at >= $3) and ($4::timestamptz is null or sealed_at < $4)`,
        [tenant.tenantId, head, from ?? null, before ?? null],
      ),
    );
    return row?.first == null ? null : { first: Number(row.first), last: Number(row.last) };
  }

  /** At most `limit` segments of the range in their order. */
  async segments(tenant: TenantContext, { first, last }: SegmentRange, limit: number): Promise<StoredSegment[]> {
    const rows = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<Numbered<StoredSegment, 'number' | 'firstSequence' | 'lastSequence'>[]>(
        `select g.number, g.first_sequence as "firstSequence", g.last_sequence as "lastSequence", g.entries, ${hex('g.root')} as root,
                ${hex('g.previous_hash')} as "previousHash", g.sealed_below::text as "sealedBelow", ${utcText('g.sealed_at')} as "sealedAt",
                g.suite, ${hex('g.hash')} as hash, coalesce(${hex('l.hash')}, repeat('0', 64)) as "linkHash", ${SIGNATURE}
         from audit_segment g
         left join audit_signature s on s.tenant_id = g.tenant_id and s.segment = g.number
         left join audit_link l on l.sealed_tenant = g.tenant_id and l.segment = g.number
         where g.tenant_id = $1 and g.number >= $2 and g.number <= $3 order by g.number limit $4`,
        [tenant.tenantId, first, last, limit],
      ),
    );
    return rows.map((row) => ({ ...row, ...numbersOf(row, 'number', 'firstSequence', 'lastSequence') }));
  }

  /** The seals of some segments that follow one another, with their entries. */
  async entries(tenant: TenantContext, { first, last }: SegmentRange): Promise<SealedEntry[]> {
    const rows = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<Record<string, unknown>[]>(
        `select s.sequence as "sealSequence", s.segment as "sealSegment", s.leaf as "sealLeaf", ${SELECT_SEALED_COLUMNS}
         from audit_seal s left join audit_entry e on e.tenant_id = s.tenant_id and e.id = s.entry_id
         where s.tenant_id = $1 and s.sequence >= (select first_sequence from audit_segment where tenant_id = $1 and number = $2)
           and s.sequence <= (select last_sequence from audit_segment where tenant_id = $1 and number = $3) order by s.sequence`,
        [tenant.tenantId, first, last],
      ),
    );
    return rows.map((row) => ({
      sequence: Number(row.sealSequence),
      segment: Number(row.sealSegment),
      leaf: row.sealLeaf as Buffer,
      fields: row.id === null ? null : fieldsOf(row),
    }));
  }

  /**
   * Entries that have no place in the segments up to `head`, after an entry of the page before. Places are numbers that the segments have:
   * a seal beyond them, put in by hand, hides nothing.
   */
  async unsealed(tenant: TenantContext, head: number, after: string | null, limit: number): Promise<EntryFields[]> {
    const rows = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<Record<string, unknown>[]>(
        `select ${SELECT_SEALED_COLUMNS} from audit_entry e where e.tenant_id = $1 and ($3::uuid is null or e.id > $3)
         and not exists (select from audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id and s.sequence >= 1 and s.sequence <=
           coalesce((select last_sequence from audit_segment where tenant_id = $1 and number = $2), 0))
         order by e.id limit $4`,
        [tenant.tenantId, head, after, limit],
      ),
    );
    return rows.map(fieldsOf);
  }

  /** Number of the last link whose segment is signed; null before the first. */
  async lastSignedLink(): Promise<number | null> {
    const [row] = await this.dataSource.query<{ last: string }[]>('select signed_link as last from audit_sealing');
    const last = Number(row?.last ?? 0);
    return last === 0 ? null : last;
  }

  /** Links of the chain over all tenants, without their signatures, which belong to the tenants. */
  async links({ first, last }: SegmentRange, limit: number): Promise<StoredLink[]> {
    const rows = await this.dataSource.query<Numbered<StoredLink, 'number' | 'segment'>[]>(
      `select number, sealed_tenant as "tenantId", segment, ${hex('segment_hash')} as "segmentHash", ${hex('previous_hash')} as "previousHash",
              suite, ${hex('hash')} as hash
       from audit_link where number >= $1 and number <= $2 order by number limit $3`,
      [first, last, limit],
    );
    return rows.map((row) => ({ ...row, ...numbersOf(row, 'number', 'segment') }));
  }

  /** Signatures of a tenant's segments. */
  async signatures(tenant: TenantContext, segments: readonly number[]): Promise<Map<number, StoredSignature>> {
    const rows = await this.unitOfWork.run(tenant, ({ manager }) =>
      manager.query<({ segment: string } & StoredSignature)[]>(
        `select s.segment, ${SIGNATURE} from audit_signature s where s.tenant_id = $1 and s.segment = any($2::bigint[])`,
        [tenant.tenantId, segments],
      ),
    );
    return new Map(rows.map(({ segment, ...signed }) => [Number(segment), signed]));
  }
}

/** bigint arrives as text. */
type Numbered<T, K extends keyof T> = Omit<T, K> & Record<K, string>;
/** A link without its signature, which is the tenant's. */
export type StoredLink = Omit<LinkRecord, 'type' | 'keyId' | 'previousKeyId' | 'signature'>;
export type StoredSignature = Pick<LinkRecord, 'keyId' | 'previousKeyId' | 'signature'>;

function numbersOf<T extends object, K extends keyof T>(row: T, ...names: K[]): Record<K, number> {
  return Object.fromEntries(names.map((name) => [name, Number(row[name])])) as Record<K, number>;
}
