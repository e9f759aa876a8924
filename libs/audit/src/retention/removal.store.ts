import type { Tx } from '@app/database';
import type { Removal } from '../proof/removal';
import { utcText } from '../sealing/sealed-columns';
import type { SegmentRange } from '../export/export.store';

/** Ends of the segments that are to go, as they were sealed. */
export interface RangeEnds {
  firstSequence: number;
  lastSequence: number;
  lastHash: Buffer;
  lastKeyId: string;
  lastSealedAt: string;
}

/** The removal that the next one continues; zero and empty before the first. */
export interface LastRemoval {
  number: number;
  hash: Buffer;
}

/** Queries of removing, as the worker asks them. */
export class RemovalStore {
  /** Makes the transaction the only one that removes of this tenant; false where another is. */
  async takeTurn({ manager, tenant }: Tx): Promise<boolean> {
    const [row] = await manager.query<{ taken: boolean }[]>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken', [
      `audit/remover/${tenant.tenantId}`,
    ]);
    return row?.taken === true;
  }

  async now({ manager }: Tx): Promise<string> {
    const [row] = await manager.query<{ now: string }[]>(`select ${utcText('clock_timestamp()')} as now`);
    return row?.now ?? '';
  }

  /** Hashes of the segments, in their order. */
  async hashes({ manager, tenant }: Tx, { first, last }: SegmentRange): Promise<Buffer[]> {
    const rows = await manager.query<{ hash: Buffer }[]>(
      'select hash from audit_segment where tenant_id = $1 and number >= $2 and number <= $3 order by number',
      [tenant.tenantId, first, last],
    );
    return rows.map(({ hash }) => hash);
  }

  async ends({ manager, tenant }: Tx, { first, last }: SegmentRange): Promise<RangeEnds | null> {
    const [row] = await manager.query<(Omit<RangeEnds, 'firstSequence' | 'lastSequence'> & { from: string; to: string })[]>(
      `select f.first_sequence as "from", l.last_sequence as "to", l.hash as "lastHash", s.key_id as "lastKeyId",
         ${utcText(`(select max(g.sealed_at) from audit_segment g where g.tenant_id = $1 and g.number >= $2 and g.number <= $3)`)} as "lastSealedAt"
       from audit_segment f, audit_segment l join audit_signature s on s.tenant_id = l.tenant_id and s.segment = l.number
       where f.tenant_id = $1 and f.number = $2 and l.tenant_id = $1 and l.number = $3`,
      [tenant.tenantId, first, last],
    );
    if (row === undefined) return null;
    const { from, to, ...rest } = row;
    return { ...rest, firstSequence: Number(from), lastSequence: Number(to) };
  }

  async lastRemoval({ manager, tenant }: Tx): Promise<LastRemoval> {
    const [row] = await manager.query<LastRemoval[]>(
      'select number, hash from audit_removal where tenant_id = $1 order by number desc limit 1',
      [tenant.tenantId],
    );
    return row ?? { number: 0, hash: Buffer.alloc(0) };
  }

  /** The database refuses it for anything but the oldest segments that are old enough, and under a hold. */
  async insert({ manager }: Tx, removal: Removal, signed: { hash: Buffer; keyId: string; signature: Buffer }): Promise<void> {
    const { tenantId, number, firstSegment, lastSegment, firstSequence, lastSequence, entries, root, lastHash, lastKeyId } = removal;
    const { lastSealedAt, retentionDays, removedAt, previousHash, suite } = removal;
    await manager.query(
      `insert into audit_removal (tenant_id, number, first_segment, last_segment, first_sequence, last_sequence, entries, root, last_hash,
         last_key_id, last_sealed_at, retention_days, removed_at, previous_hash, suite, hash, key_id, signature)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
      [
        ...[tenantId, number, firstSegment, lastSegment, firstSequence, lastSequence, entries, root, lastHash, lastKeyId],
        ...[lastSealedAt, retentionDays, removedAt, previousHash, suite, signed.hash, signed.keyId, signed.signature],
      ],
    );
  }

  /** Deletes rows that removals cover, at most so many entries; 0 when none is left. */
  async deleteCovered({ manager }: Tx, most: number): Promise<number> {
    const [row] = await manager.query<{ gone: number }[]>('select audit_remove($1) as gone', [most]);
    return row?.gone ?? 0;
  }
}
