import type { RetentionClass } from '@app/contracts';
import type { Tx } from '@app/database';
import { type DueQuery, type Erased, type ErasureStamp, ReceiptErasure } from '@app/receipts';
import { BatchErasure, DraftErasure, VerificationErasure } from '@app/verification';
import { MessageErasure } from '@app/webhooks';
import { Injectable } from '@nestjs/common';

/** How the records of one class are found and erased. */
export interface ErasableClass {
  name: Exclude<RetentionClass, 'verdict'>;
  due: (tx: Tx, query: DueQuery) => Promise<string[]>;
  erase: (tx: Tx, ids: readonly string[], stamp: ErasureStamp) => Promise<Erased[]>;
}

/** Every class that can be erased; the verdict is none of them. */
@Injectable()
export class ErasableClasses {
  readonly all: readonly ErasableClass[];

  constructor(
    private readonly receipts: ReceiptErasure,
    private readonly verifications: VerificationErasure,
    drafts: DraftErasure,
    messages: MessageErasure,
    batches: BatchErasure,
  ) {
    this.all = [
      {
        name: 'rejected',
        due: (tx, query) => receipts.dueRejected(tx, query),
        erase: (tx, ids, stamp) => receipts.eraseOriginals(tx, ids, stamp),
      },
      {
        name: 'original',
        due: (tx, query) => receipts.dueOriginals(tx, query),
        erase: (tx, ids, stamp) => receipts.eraseOriginals(tx, ids, stamp),
      },
      {
        name: 'personal',
        due: (tx, query) => receipts.dueReadings(tx, query),
        erase: (tx, ids, stamp) => this.eraseReadings(tx, ids, stamp),
      },
      // Cells of tables that were verified say the same of people as readings do, and have their period.
      {
        name: 'personal',
        due: (tx, query) => batches.dueBatches(tx, query),
        erase: (tx, ids, stamp) => batches.eraseContent(tx, ids, stamp),
      },
      {
        name: 'detail',
        due: (tx, query) => verifications.dueDetails(tx, query),
        erase: (tx, ids, stamp) => verifications.eraseDetails(tx, ids, stamp),
      },
      { name: 'draft', due: (tx, query) => drafts.dueDrafts(tx, query), erase: (tx, ids) => drafts.eraseDrafts(tx, ids) },
      {
        name: 'delivery',
        due: (tx, query) => messages.dueMessages(tx, query),
        erase: async (tx, ids) =>
          (await messages.eraseMessages(tx, ids)).map(({ id, sha256 }) => {
            return { recordType: 'webhookEvent', recordId: id, sha256, objectKeys: [] };
          }),
      },
    ];
  }

  /** Readings whose original is gone: they go with it, whatever their own period. */
  readonly orphans: Omit<ErasableClass, 'name'> = {
    due: (tx, { limit }) => this.receipts.readingsWithoutOriginal(tx, limit),
    erase: (tx, ids, stamp) => this.eraseReadings(tx, ids, stamp),
  };

  /** What was read stands in the receipt and, to be compared, in its verifications. */
  private async eraseReadings(tx: Tx, ids: readonly string[], stamp: ErasureStamp): Promise<Erased[]> {
    await this.verifications.eraseReadFaces(tx, ids);
    return this.receipts.eraseReadings(tx, ids, stamp);
  }
}
