import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';
import { QuotaStore } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import { eraseBases, eraseBasisOfEmptied } from '../basis/erase-bases';
import { pagePictureKey } from '../page-picture';
import type { Receipt } from '../receipt.entity';
import { ReceiptStore } from '../receipt.store';
import { BillWordErasure } from './bill-word-erasure';
import type { DueQuery, Erased, ErasureStamp } from './erased';
import { isReceiptHeld } from './legal-hold-sql';

/** Uploads that were no bill, or could not be read. */
const IS_REJECTED = `(r.state = 'failed' or r.decision = 'refuse')`;

/**
 * Erases originals and readings of receipts. What shows them says since when they are gone; the rows, and the audit, stay. The name of the
 * upload, into which people write names, goes with whichever goes first.
 */
@Injectable()
export class ReceiptErasure {
  constructor(
    private readonly receipts: ReceiptStore,
    private readonly words: BillWordErasure,
  ) {}

  /** Receipts whose original is due. */
  async dueOriginals(tx: Tx, query: DueQuery): Promise<string[]> {
    return due(tx, 'r.original_erased_at is null', query);
  }

  /** Receipts whose reading is due; one of which the original is gone has no use for its reading. */
  async dueReadings(tx: Tx, query: DueQuery): Promise<string[]> {
    return due(tx, `r.personal_erased_at is null and r.state = 'read'`, query);
  }

  /** Receipts whose original was erased before their reading. */
  async readingsWithoutOriginal(tx: Tx, limit: number): Promise<string[]> {
    return due(tx, `r.personal_erased_at is null and r.state = 'read' and r.original_erased_at is not null`, { before: null, limit });
  }

  /** Receipts that were rejected and are due. */
  async dueRejected(tx: Tx, query: DueQuery): Promise<string[]> {
    return due(tx, `r.original_erased_at is null and ${IS_REJECTED}`, query);
  }

  /**
   * Marks originals and their page pictures as gone, and destroys their key; from then on nobody can be shown them, not from a backup of the
   * object store either. The objects are the caller's to delete.
   */
  async eraseOriginals(tx: Tx, ids: readonly string[], stamp: ErasureStamp): Promise<Erased[]> {
    const erased: Erased[] = [];
    let freedBytes = 0;
    for (const id of ids) {
      const receipt = await this.receipts.lock(tx, id);
      if (receipt === null || receipt.originalErasedAt !== null) continue;
      freedBytes += receipt.byteSize;
      await tx.manager.query(
        `update receipt set original_erased_at = $3, original_erased_by = $4, page_pictures = null,
           original_key_sealed = null, file_name_sealed = null where tenant_id = $1 and id = $2`,
        [tx.tenant.tenantId, id, stamp.at, stamp.rule],
      );
      if (receipt.state === 'failed') await eraseBasis(tx, receipt);
      erased.push({ recordType: 'receipt', recordId: id, sha256: receipt.sha256, objectKeys: objectsOf(receipt) });
    }
    if (freedBytes > 0) await new QuotaStore().give(tx, 'storedBytes', freedBytes, stamp.at);
    return erased;
  }

  /** Empties readings, and removes what people corrected in them and the words of items by which their bills were found. */
  async eraseReadings(tx: Tx, ids: readonly string[], stamp: ErasureStamp): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const id of ids) {
      const receipt = await this.receipts.lock(tx, id);
      if (receipt === null || receipt.personalErasedAt !== null) continue;
      const sha256 = await this.hashOfReading(tx, id);
      await tx.manager.query(
        `update receipt set reading_sealed = null, file_name_sealed = null, personal_erased_at = $3, personal_erased_by = $4
         where tenant_id = $1 and id = $2`,
        [tx.tenant.tenantId, id, stamp.at, stamp.rule],
      );
      await tx.manager.query('delete from receipt_correction where tenant_id = $1 and receipt_id = $2', [tx.tenant.tenantId, id]);
      await this.words.ofReceipt(tx, id);
      await eraseBasis(tx, receipt);
      erased.push({ recordType: 'receipt', recordId: id, sha256, objectKeys: [] });
    }
    return erased;
  }

  /** Of reading and corrections as they were stored: sealed. */
  private async hashOfReading(tx: Tx, id: string): Promise<string> {
    const values = [tx.tenant.tenantId, id];
    const [row] = await tx.manager.query<{ sealed: Buffer | null }[]>(
      `select reading_sealed as sealed from receipt where tenant_id = $1 and id = $2`,
      values,
    );
    const corrections = await tx.manager.query<{ sealed: Buffer }[]>(
      `select fields_sealed as sealed from receipt_correction where tenant_id = $1 and receipt_id = $2 order by bill_number, version`,
      values,
    );
    const hash = createHash('sha256').update(row?.sealed ?? '');
    for (const { sealed } of corrections) hash.update('\n').update(sealed);
    return hash.digest('hex');
  }
}

async function eraseBasis(tx: Tx, { id, batchId }: Receipt): Promise<void> {
  await eraseBases(tx, 'receipt', [id]);
  if (batchId !== null) await eraseBasisOfEmptied(tx, batchId);
}

function objectsOf({ objectKey, pagePictures }: Receipt): string[] {
  return [objectKey, ...(pagePictures ?? []).map((form, at) => pagePictureKey(objectKey, at + 1, form))];
}

/** The longest there first. A receipt that waits to be read is never due. */
async function due(tx: Tx, condition: string, { before, limit }: { before: Date | null; limit: number }): Promise<string[]> {
  const rows = await tx.manager.query<{ id: string }[]>(
    `select r.id from receipt r where r.tenant_id = $1 and r.state <> 'queued' and ($2::timestamptz is null or r.created_at < $2)
     and ${condition} and not ${isReceiptHeld('r')} order by r.id limit $3`,
    [tx.tenant.tenantId, before, limit],
  );
  return rows.map(({ id }) => id);
}
