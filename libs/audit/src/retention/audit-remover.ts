import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { AuditLog } from '../audit-log';
import type { AuditExport } from '../export/audit-export';
import type { SegmentRange } from '../export/export.store';
import type { Finding } from '../proof/finding';
import { merkleRoot } from '../proof/merkle-tree';
import { type Removal, removalHash, signedRemovalBytes } from '../proof/removal';
import type { AuditSigner } from '../proof/signing-key';
import { verifyStream } from '../proof/verify-export';
import { AuditRetention, type Removable, type RetentionRule } from './audit-retention';
import { RemovalStore } from './removal.store';

/** What is to go does not prove itself: it stays, as the only trace of what was done to it. */
export class UnsoundAuditError extends Error {
  constructor(
    readonly tenantId: string,
    readonly finding: Finding,
  ) {
    super(`old segments of the audit are not removed, because one does not hold: ${finding.code} at segment ${finding.segment ?? '-'}`);
    this.name = 'UnsoundAuditError';
  }
}

/** What one removal took away. */
export interface Removed {
  firstSegment: number;
  lastSegment: number;
  entries: number;
}

const ENTRIES_AT_ONCE = 2_000;
const DAY_MS = 86_400_000;

/**
 * Removes what outlived its time, segment by segment from the beginning. The signed record comes first, in one transaction with its own
 * entry; the rows go afterwards, some at a time, and whatever kills a remover, the next one goes on. Nothing goes that does not verify.
 */
export class AuditRemover {
  private readonly audit = new AuditLog();
  private readonly retention = new AuditRetention();
  private readonly store = new RemovalStore();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly exports: Pick<AuditExport, 'ofSegments'>,
    private readonly signer: AuditSigner,
    private readonly rule: RetentionRule,
  ) {}

  /** Of one tenant, all that is due. @throws UnsoundAuditError */
  async remove(tenantId: string): Promise<Removed[]> {
    const tenant = contextOf(tenantId);
    const removed: Removed[] = [];
    // What an earlier one left is gone before more is looked at.
    await this.deleteRows(tenant);
    for (let next = await this.removeNext(tenant); next !== null; next = await this.removeNext(tenant)) {
      removed.push(next);
      await this.deleteRows(tenant);
    }
    return removed;
  }

  private async removeNext(tenant: TenantContext): Promise<Removed | null> {
    const range = rangeOf(await this.unitOfWork.run(tenant, (tx) => this.retention.removable(tx, this.rule)));
    if (range === null) return null;
    const { finding } = await verifyStream(bytesOf(this.exports.ofSegments(tenant, range)));
    if (finding !== null) {
      // Another worker may have removed it while it was read here: then what is missing is no sign of anything.
      const now = rangeOf(await this.unitOfWork.run(tenant, (tx) => this.retention.removable(tx, this.rule)));
      if (now?.first !== range.first) return null;
      throw new UnsoundAuditError(tenant.tenantId, finding);
    }
    return this.unitOfWork.run(tenant, async (tx) => ((await this.store.takeTurn(tx)) ? this.record(tx, range) : null));
  }

  /** Null where it is not due any more, or by our own clock never was: whoever sets the database's forward removes nothing. */
  private async record(tx: Tx, range: SegmentRange): Promise<Removed | null> {
    const again = await this.retention.removable(tx, this.rule);
    const ends = await this.store.ends(tx, range);
    const cutoff = Date.now() - this.rule.days * DAY_MS;
    if (ends === null || again.isHeld || again.firstSegment !== range.first || Date.parse(ends.lastSealedAt) > cutoff) return null;
    const { suite, publicKey } = this.signer;
    const before = await this.store.lastRemoval(tx);
    const removal: Removal = {
      ...ends,
      tenantId: tx.tenant.tenantId,
      number: before.number + 1,
      firstSegment: range.first,
      lastSegment: range.last,
      entries: ends.lastSequence - ends.firstSequence + 1,
      root: merkleRoot(suite, await this.store.hashes(tx, range)),
      retentionDays: this.rule.days,
      removedAt: await this.store.now(tx),
      previousHash: before.hash,
      suite: suite.name,
    };
    const hash = removalHash(suite, removal);
    const keyId = publicKey.id;
    await this.store.insert(tx, removal, { hash, keyId, signature: await this.signer.sign(signedRemovalBytes(suite, { hash, keyId })) });
    const { number, firstSegment, lastSegment, entries, retentionDays } = removal;
    const detail = { removal: number, firstSegment, lastSegment, entries, retentionDays, hash: hash.toString('hex') };
    await this.audit.append(tx, { action: 'audit.remove', targetType: 'audit', targetId: tx.tenant.tenantId, detail });
    return { firstSegment, lastSegment, entries };
  }

  private async deleteRows(tenant: TenantContext): Promise<void> {
    for (let gone = 1; gone > 0;) gone = await this.unitOfWork.run(tenant, (tx) => this.store.deleteCovered(tx, ENTRIES_AT_ONCE));
  }
}

function rangeOf({ firstSegment, lastSegment, isHeld }: Removable): SegmentRange | null {
  return isHeld || firstSegment === null || lastSegment === null ? null : { first: firstSegment, last: lastSegment };
}

async function* bytesOf(parts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  for await (const text of parts) yield Buffer.from(text);
}

const contextOf = (tenantId: string): TenantContext => ({
  tenantId,
  actor: { type: 'worker', id: 'audit-remover', name: 'audit remover' },
});
