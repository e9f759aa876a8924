import { AuditLog } from '@app/audit';
import type { RetentionClass } from '@app/contracts';
import { serialize, type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { type Erased, type ErasureStamp, HOLD_WORDS } from '@app/receipts';
import { ObjectStore } from '@app/storage';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import type { ErasureMark } from './erasure-proof';
import { ErasureStore } from './erasure.store';

/** What one bounded piece of erasing looks for, and how it erases what it found. */
export interface ErasurePiece {
  class: RetentionClass;
  rule: string;
  find: (tx: Tx) => Promise<string[]>;
  erase: (tx: Tx, ids: readonly string[], stamp: ErasureStamp) => Promise<Erased[]>;
}

const MARKS_AT_ONCE = 50;

/**
 * Erases in an order in which no step can be lost or done twice: one transaction takes the row's content away and marks the objects, then the
 * objects are deleted, then one transaction turns the mark into the proof. Killed in between, the next run begins with the marks.
 */
@Injectable()
export class Erasure {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ErasureStore,
    private readonly objects: ObjectStore,
    private readonly audit: AuditLog,
    private readonly clock: Clock,
  ) {}

  /** Erases what is found, and answers how many records that were. Their objects are deleted by `finishMarked`. */
  async piece(tenant: TenantContext, { class: name, rule, find, erase }: ErasurePiece): Promise<number> {
    return this.unitOfWork.run(tenant, async (tx) => {
      // From here on no hold is placed until what is found now is marked.
      await serialize(tx, HOLD_WORDS);
      const at = this.clock.now();
      const erased = await erase(tx, await find(tx), { at, rule });
      for (const { recordType, recordId, sha256, objectKeys } of erased) {
        const mark: ErasureMark = { class: name, recordType, recordId, rule, sha256, objectKeys };
        if (objectKeys.length > 0) await this.store.insertMark(tx, mark, at);
        else await this.prove(tx, mark);
      }
      return erased.length;
    });
  }

  /** Deletes the objects of everything that is marked, and proves it. @throws whatever the object store says; what is left stays marked */
  async finishMarked(tenant: TenantContext, signal?: AbortSignal): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      const marks = await this.unitOfWork.run(tenant, (tx) => this.store.marks(tx, MARKS_AT_ONCE));
      if (marks.length === 0) return;
      for (const mark of marks) await this.finish(tenant, mark);
    }
  }

  private async finish(tenant: TenantContext, mark: ErasureMark): Promise<void> {
    for (const key of mark.objectKeys) await this.objects.delete(key);
    await this.unitOfWork.run(tenant, async (tx) => {
      if (await this.store.takeMark(tx, mark)) await this.prove(tx, mark);
    });
  }

  private async prove(tx: Tx, { objectKeys, ...mark }: ErasureMark): Promise<void> {
    const { class: name, rule, sha256, recordType, recordId } = mark;
    await this.store.insertProof(tx, { ...mark, objectCount: objectKeys.length, erasedAt: this.clock.now() });
    const detail = { class: name, rule, sha256, objects: objectKeys.length };
    await this.audit.append(tx, { action: 'retention.erase', targetType: recordType, targetId: recordId, detail });
  }
}
