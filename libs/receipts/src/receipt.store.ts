import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { LessThan, type Repository } from 'typeorm';
import { Receipt } from './receipt.entity';

/** All queries on receipts. A foreign tenant's receipt is simply not found. */
@Injectable()
export class ReceiptStore {
  async insert(tx: Tx, receipt: Receipt): Promise<void> {
    await this.rows(tx).insert(receipt);
  }

  async find(tx: Tx, id: string): Promise<Receipt | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, id });
  }

  /** The receipt that came from this place in a batch. */
  async findInBatch(tx: Tx, place: { batchId: string; batchNumber: number }): Promise<Receipt | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, ...place });
  }

  /** Ids of the receipts that came with a batch, in the archive's order; a batch of which nothing is known has none. */
  async idsOfBatch(tx: Tx, batchId: string): Promise<string[]> {
    const rows = await this.rows(tx).find({
      select: { id: true, batchNumber: true },
      where: { tenantId: tx.tenant.tenantId, batchId },
      order: { batchNumber: 'ASC' },
    });
    return rows.map(({ id }) => id);
  }

  /** The row, held against other writers until the transaction ends. */
  async lock(tx: Tx, id: string): Promise<Receipt | null> {
    return this.rows(tx).findOne({ where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
  }

  async save(tx: Tx, receipt: Receipt): Promise<void> {
    const { state, failureCode, reading, decision, pagePictures, readAt } = receipt;
    await this.rows(tx)
      .createQueryBuilder()
      .update({ state, failureCode, reading: () => ':reading', decision, pagePictures, readAt })
      .where({ tenantId: tx.tenant.tenantId, id: receipt.id })
      .setParameter('reading', reading === null ? null : JSON.stringify(reading))
      .execute();
  }

  /** At most `limit` receipts older than the one with the id `before`, newest first. */
  async page(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<Receipt[]> {
    return this.rows(tx).find({
      where: { tenantId: tx.tenant.tenantId, ...(page.before === undefined ? {} : { id: LessThan(page.before) }) },
      order: { id: 'DESC' },
      take: page.limit,
    });
  }

  private rows(tx: Tx): Repository<Receipt> {
    return tx.manager.getRepository(Receipt);
  }
}
