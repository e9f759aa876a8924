import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntryFields } from '../proof/sealed-entry';
import type { ChainLink, Segment } from '../proof/segment';
import type { AuditSuiteName } from '../proof/audit-suite';
import type { AuditPublicKey } from '../proof/signing-key';
import { fieldsOf, SELECT_SEALED_COLUMNS, utcText } from './sealed-columns';

/** Transactions whose entries a round seals, as text of xid8: from `lowest`, and below `below`. */
export interface SealingBounds {
  lowest: string;
  below: string;
}

/** Where a chain ends, for the next to go on from; zero and empty before the first. */
export interface ChainEnd {
  number: number;
  lastSequence: number;
  hash: Buffer;
}

/** A link whose segment may not be signed yet. */
export interface UnsignedLink {
  number: number;
  tenantId: string;
  segment: number;
  segmentHash: Buffer;
  suite: AuditSuiteName;
  hash: Buffer;
}

const NOTHING = Buffer.alloc(0);

/** Queries of sealing, as the worker asks them. */
@Injectable()
export class SealingStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Every transaction below `below` has ended before this was asked: whatever it wrote is visible from now on, and nothing is added to it.
   * Where the counter of transactions is behind what was sealed, the database was restored into another cluster: all is looked at again.
   */
  async bounds(): Promise<SealingBounds> {
    const [row] = await this.dataSource.query<SealingBounds[]>(
      `select (case when sealed_below > pg_snapshot_xmax(pg_current_snapshot()) then '0'::xid8 else sealed_below end)::text as lowest,
              pg_snapshot_xmin(pg_current_snapshot())::text as below from audit_sealing`,
    );
    if (row === undefined) throw new Error('audit_sealing has no row');
    return row;
  }

  /** Tenants with something to seal. */
  async tenantsToSeal({ lowest, below }: SealingBounds): Promise<string[]> {
    const rows = await this.dataSource.query<{ tenant: string }[]>('select audit_tenants_to_seal($1::xid8, $2::xid8) as tenant', [
      lowest,
      below,
    ]);
    return rows.map(({ tenant }) => tenant);
  }

  /** Everything older than `below` is sealed. */
  async advance({ below }: SealingBounds): Promise<void> {
    await this.dataSource.query(
      `update audit_sealing set sealed_below = $1::xid8
       where sealed_below < $1::xid8 or sealed_below > pg_snapshot_xmax(pg_current_snapshot())`,
      [below],
    );
  }

  /** Makes the transaction the only one that seals; false where another is. Gone with the transaction, however it ends. */
  async takeTurn({ manager }: Tx): Promise<boolean> {
    const [row] = await manager.query<{ taken: boolean }[]>(
      `select pg_try_advisory_xact_lock(hashtextextended('audit/sealer', 0)) as taken`,
    );
    return row?.taken === true;
  }

  /** The tenant's entries that are to be sealed, oldest transaction first. */
  async unsealed({ manager, tenant }: Tx, { lowest, below }: SealingBounds, limit: number): Promise<EntryFields[]> {
    const rows = await manager.query<Record<string, unknown>[]>(
      `select ${SELECT_SEALED_COLUMNS} from audit_entry e
       where e.tenant_id = $1 and e.transaction_id >= $2::xid8
         and (e.transaction_id < $3::xid8 or e.transaction_id >= pg_snapshot_xmax(pg_current_snapshot()))
         and not exists (select from audit_seal s where s.tenant_id = e.tenant_id and s.entry_id = e.id)
       order by e.transaction_id, e.id limit $4`,
      [tenant.tenantId, lowest, below, limit],
    );
    return rows.map(fieldsOf);
  }

  async lastSegment({ manager, tenant }: Tx): Promise<ChainEnd> {
    const [row] = await manager.query<{ number: string; last: string; hash: Buffer }[]>(
      'select number, last_sequence as last, hash from audit_segment where tenant_id = $1 order by number desc limit 1',
      [tenant.tenantId],
    );
    return { number: Number(row?.number ?? 0), lastSequence: Number(row?.last ?? 0), hash: row?.hash ?? NOTHING };
  }

  async lastLink({ manager }: Tx): Promise<Omit<ChainEnd, 'lastSequence'>> {
    const [row] = await manager.query<{ number: string; hash: Buffer }[]>(
      'select number, hash from audit_link order by number desc limit 1',
    );
    return { number: Number(row?.number ?? 0), hash: row?.hash ?? NOTHING };
  }

  /** The database's clock, as segments keep it. */
  async now({ manager }: Tx): Promise<string> {
    const [row] = await manager.query<{ now: string }[]>(`select ${utcText('clock_timestamp()')} as now`);
    return row?.now ?? '';
  }

  async insertSegment({ manager }: Tx, segment: Segment, hash: Buffer): Promise<void> {
    const { tenantId, number, firstSequence, lastSequence, entries, root, previousHash, sealedBelow, sealedAt, suite } = segment;
    await manager.query(
      `insert into audit_segment (tenant_id, number, first_sequence, last_sequence, entries, root, previous_hash, sealed_below, sealed_at, suite, hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8::xid8, $9::timestamptz, $10, $11)`,
      [tenantId, number, firstSequence, lastSequence, entries, root, previousHash, sealedBelow, sealedAt, suite, hash],
    );
  }

  async insertSeals({ manager }: Tx, segment: Segment, ids: readonly string[], leaves: readonly Buffer[]): Promise<void> {
    await manager.query(
      `insert into audit_seal (tenant_id, sequence, entry_id, segment, leaf)
       select $1, $2::bigint + u.place - 1, u.id, $3, u.leaf from unnest($4::uuid[], $5::bytea[]) with ordinality as u (id, leaf, place)`,
      [segment.tenantId, segment.firstSequence, segment.number, ids, leaves],
    );
  }

  async insertLink({ manager }: Tx, link: ChainLink, suite: AuditSuiteName, hash: Buffer): Promise<void> {
    await manager.query(
      `insert into audit_link (number, sealed_tenant, segment, segment_hash, previous_hash, suite, hash) values ($1, $2, $3, $4, $5, $6, $7)`,
      [link.number, link.tenantId, link.segment, link.segmentHash, link.previousHash, suite, hash],
    );
  }

  /** Links after the last that is known to be signed, in their order. */
  async unsignedLinks(limit: number): Promise<UnsignedLink[]> {
    const rows = await this.dataSource.query<(Omit<UnsignedLink, 'number' | 'segment'> & { number: string; segment: string })[]>(
      `select number, sealed_tenant as "tenantId", segment, segment_hash as "segmentHash", suite, hash
       from audit_link where number > (select signed_link from audit_sealing) order by number limit $1`,
      [limit],
    );
    return rows.map((row) => ({ ...row, number: Number(row.number), segment: Number(row.segment) }));
  }

  async signedUpTo(link: number): Promise<void> {
    await this.dataSource.query('update audit_sealing set signed_link = $1 where signed_link < $1', [link]);
  }

  /** Key of a segment's signature, or null where there is none. */
  async signingKeyOf({ manager, tenant }: Tx, segment: number): Promise<string | null> {
    const [row] = await manager.query<{ key: string }[]>(
      'select key_id as key from audit_signature where tenant_id = $1 and segment = $2',
      [tenant.tenantId, segment],
    );
    return row?.key ?? null;
  }

  async insertSignature(
    { manager, tenant }: Tx,
    segment: number,
    signed: { keyId: string; previousKeyId: string | null; signature: Buffer },
  ): Promise<void> {
    await manager.query(
      'insert into audit_signature (tenant_id, segment, key_id, previous_key_id, signature) values ($1, $2, $3, $4, $5)',
      [tenant.tenantId, segment, signed.keyId, signed.previousKeyId, signed.signature],
    );
  }

  /** Makes a key known to exports, once. */
  async publishKey({ id, suite, spki }: AuditPublicKey): Promise<void> {
    await this.dataSource.query(
      `insert into audit_signing_key (id, suite, spki) select $1, $2, $3 where not exists (select from audit_signing_key where id = $1)`,
      [id, suite, spki],
    );
  }
}
