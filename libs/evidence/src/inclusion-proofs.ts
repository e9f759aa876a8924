import { AUDIT_SUITES, ExportStore, inclusionProof } from '@app/audit';
import type { Tx } from '@app/database';
import type { EntryProof } from './entry-proof';

type Sealed = Awaited<ReturnType<ExportStore['segments']>>[number];

/** Proofs that entries stand in sealed segments. Of each segment that is needed the leaves are read once; made for one piece of work. */
export class InclusionProofs {
  private readonly segments = new Map<number, Promise<{ segment: Sealed; leaves: Buffer[] } | null>>();
  private keys: Promise<Map<string, string>> | null = null;

  constructor(private readonly store: ExportStore) {}

  /** Null for an entry that is not sealed and signed yet. */
  async proofOf(tx: Tx, entryId: string): Promise<EntryProof | null> {
    const [seal] = await tx.manager.query<{ sequence: string; segment: string }[]>(
      'select sequence, segment from audit_seal where tenant_id = $1 and entry_id = $2',
      [tx.tenant.tenantId, entryId],
    );
    const found = seal === undefined ? null : await this.segment(tx, Number(seal.segment));
    if (seal === undefined || found === null) return null;
    const { segment, leaves } = found;
    const { keyId, previousKeyId, signature, linkHash } = segment;
    const publicKey = keyId === null ? undefined : (await this.publicKeys()).get(keyId);
    if (keyId === null || publicKey === undefined) return null;
    const sequence = Number(seal.sequence);
    const path = inclusionProof(AUDIT_SUITES[segment.suite], leaves, sequence - segment.firstSequence);
    const steps = path.map(({ side, hash }) => ({ side, hash: hash.toString('hex') }));
    return { sequence, path: steps, segment: contentOf(tx, segment), linkHash, keyId, previousKeyId, signature, publicKey };
  }

  private segment(tx: Tx, number: number): Promise<{ segment: Sealed; leaves: Buffer[] } | null> {
    const known = this.segments.get(number) ?? this.read(tx, number);
    this.segments.set(number, known);
    return known;
  }

  private async read(tx: Tx, number: number): Promise<{ segment: Sealed; leaves: Buffer[] } | null> {
    const [segment] = await this.store.segments(tx.tenant, { first: number, last: number }, 1);
    if (segment === undefined) return null;
    const rows = await tx.manager.query<{ leaf: Buffer }[]>(
      'select leaf from audit_seal where tenant_id = $1 and sequence >= $2 and sequence <= $3 order by sequence',
      [tx.tenant.tenantId, segment.firstSequence, segment.lastSequence],
    );
    return rows.length === segment.entries ? { segment, leaves: rows.map(({ leaf }) => leaf) } : null;
  }

  private publicKeys(): Promise<Map<string, string>> {
    this.keys ??= this.store.keys().then((keys) => new Map(keys.map(({ id, spki }) => [id, spki])));
    return this.keys;
  }
}

function contentOf({ tenant: { tenantId } }: Tx, segment: Sealed): EntryProof['segment'] {
  const { number, firstSequence, lastSequence, entries, root, previousHash, sealedBelow, sealedAt, suite } = segment;
  return { tenantId, number, firstSequence, lastSequence, entries, root, previousHash, sealedBelow, sealedAt, suite };
}
