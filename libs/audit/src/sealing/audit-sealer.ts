import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import type { AuditSuite } from '../proof/audit-suite';
import { merkleRoot } from '../proof/merkle-tree';
import { type EntryFields, leafHash } from '../proof/sealed-entry';
import { type ChainLink, linkHash, type Segment, segmentHash, signedBytes } from '../proof/segment';
import type { AuditSigner } from '../proof/signing-key';
import type { SealingBounds, SealingStore, UnsignedLink } from './sealing.store';

/** What a round did. `isOther`: another sealer had its turn, and this round left the rest to it. */
export interface SealingRound {
  segments: number;
  entries: number;
  signatures: number;
  isOther: boolean;
}

/** Bounds what one transaction holds in memory, and how long the line of a segment in an export is. */
const MAX_ENTRIES = 4_096;
const MAX_LINKS = 500;

/**
 * Numbers and seals what was committed. Each segment is committed before it is signed, so that whatever kills a sealer, no number is ever
 * signed with two contents. Several sealers may run: one at a time has its turn, and the primary keys hold should that ever fail.
 */
export class AuditSealer {
  private isKeyKnown = false;

  constructor(
    private readonly store: SealingStore,
    private readonly unitOfWork: UnitOfWork,
    private readonly signer: AuditSigner,
  ) {}

  /** Seals and signs everything that had been committed when it was called. */
  async round(): Promise<SealingRound> {
    const sealed = await this.seal();
    const signed = sealed.isOther ? { signatures: 0, isOther: true } : await this.sign();
    return { ...sealed, ...signed };
  }

  private async seal(): Promise<Omit<SealingRound, 'signatures'>> {
    const bounds = await this.store.bounds();
    const tenants = await this.store.tenantsToSeal(bounds);
    const done = { segments: 0, entries: 0, isOther: false };
    for (const tenantId of tenants) {
      for (let entries = MAX_ENTRIES; entries === MAX_ENTRIES;) {
        const sealed = await this.unitOfWork.run(contextOf(tenantId), (tx) => this.sealNext(tx, bounds));
        if (sealed === null) return { ...done, isOther: true };
        entries = sealed;
        done.segments += sealed > 0 ? 1 : 0;
        done.entries += sealed;
      }
    }
    if (tenants.length > 0) await this.store.advance(bounds);
    return done;
  }

  /** Number of entries in the tenant's next segment, 0 when there is nothing to seal; null when it is another's turn. */
  private async sealNext(tx: Tx, bounds: SealingBounds): Promise<number | null> {
    if (!(await this.store.takeTurn(tx))) return null;
    const entries = await this.store.unsealed(tx, bounds, MAX_ENTRIES);
    if (entries.length === 0) return 0;
    const { suite } = this.signer;
    const last = await this.store.lastSegment(tx);
    const leaves = entries.map((fields, index) => leafHash(suite, last.lastSequence + 1 + index, fields));
    const segment: Segment = {
      tenantId: tx.tenant.tenantId,
      number: last.number + 1,
      firstSequence: last.lastSequence + 1,
      lastSequence: last.lastSequence + entries.length,
      entries: entries.length,
      root: merkleRoot(suite, leaves),
      previousHash: last.hash,
      sealedBelow: sealedBelow(entries, bounds),
      sealedAt: await this.store.now(tx),
      suite: suite.name,
    };
    const hash = segmentHash(suite, segment);
    await this.store.insertSegment(tx, segment, hash);
    await this.store.insertSeals(tx, segment, entries.map(idOf), leaves);
    await this.link(tx, suite, segment, hash);
    return entries.length;
  }

  private async link(tx: Tx, suite: AuditSuite, segment: Segment, hash: Buffer): Promise<void> {
    const last = await this.store.lastLink(tx);
    const link: ChainLink = {
      number: last.number + 1,
      previousHash: last.hash,
      tenantId: segment.tenantId,
      segment: segment.number,
      segmentHash: hash,
    };
    await this.store.insertLink(tx, link, suite.name, linkHash(suite, link));
  }

  private async sign(): Promise<Pick<SealingRound, 'signatures' | 'isOther'>> {
    let signatures = 0;
    const next = (): Promise<UnsignedLink[]> => this.store.unsignedLinks(MAX_LINKS);
    for (let links = await next(); links.length > 0; links = await next()) {
      for (const link of links) {
        const isTurn = await this.unitOfWork.run(contextOf(link.tenantId), (tx) => this.signNext(tx, link));
        if (!isTurn) return { signatures, isOther: true };
        signatures += 1;
        await this.store.signedUpTo(link.number);
      }
    }
    return { signatures, isOther: false };
  }

  private async signNext(tx: Tx, link: UnsignedLink): Promise<boolean> {
    if (!(await this.store.takeTurn(tx))) return false;
    if ((await this.store.signingKeyOf(tx, link.segment)) !== null) return true;
    await this.publishKey();
    const keyId = this.signer.publicKey.id;
    const previousKeyId = link.segment === 1 ? null : await this.store.signingKeyOf(tx, link.segment - 1);
    const head = { segmentHash: link.segmentHash, linkHash: link.hash, keyId, previousKeyId };
    const signature = await this.signer.sign(signedBytes(this.signer.suite, head));
    await this.store.insertSignature(tx, link.segment, { keyId, previousKeyId, signature });
    return true;
  }

  private async publishKey(): Promise<void> {
    if (this.isKeyKnown) return;
    await this.store.publishKey(this.signer.publicKey);
    this.isKeyKnown = true;
  }
}

/** Only where nothing is left is the bound the round's own; otherwise what follows may be of the last entry's transaction. */
function sealedBelow(entries: readonly EntryFields[], { below }: SealingBounds): string {
  const last = entries.at(-1)?.transaction_id ?? '0';
  return entries.length < MAX_ENTRIES || BigInt(last) > BigInt(below) ? below : last;
}

function idOf(fields: EntryFields): string {
  return fields.id ?? '';
}

const contextOf = (tenantId: string): TenantContext => ({ tenantId, actor: { type: 'worker', id: 'audit-sealer', name: 'audit sealer' } });
