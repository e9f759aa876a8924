import type { Reading } from '@app/contracts';
import type { Tx } from '@app/database';
import { Keyring, openJson, type SealPlace, sealJson } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { LessThan, type Repository } from 'typeorm';
import { Receipt } from './receipt.entity';
import { openedFileName, sealedFileName } from './sealing/file-name';

/** All queries on receipts: what is personal is sealed on its way in and opened on its way out. A foreign tenant's receipt is simply not found. */
@Injectable()
export class ReceiptStore {
  constructor(private readonly keyring: Keyring) {}

  async insert(tx: Tx, receipt: Receipt): Promise<void> {
    receipt.fileNameSealed = await sealedFileName(this.keyring, tx, receipt);
    receipt.readingSealed = await this.sealedReading(tx, receipt);
    await this.rows(tx).insert(receipt);
  }

  async find(tx: Tx, id: string): Promise<Receipt | null> {
    return this.opened(tx, await this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, id }));
  }

  /** The receipt that came from this place in a batch. */
  async findInBatch(tx: Tx, place: { batchId: string; batchNumber: number }): Promise<Receipt | null> {
    return this.opened(tx, await this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, ...place }));
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
    const found = await this.rows(tx).findOne({ where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
    return this.opened(tx, found);
  }

  async save(tx: Tx, receipt: Receipt): Promise<void> {
    const { id, state, failureCode, decision, pagePictures, readAt } = receipt;
    const readingSealed = await this.sealedReading(tx, receipt);
    const changed = { state, failureCode, readingSealed, decision, pagePictures, readAt };
    await this.rows(tx).update({ tenantId: tx.tenant.tenantId, id }, changed);
  }

  /** At most `limit` receipts older than the one with the id `before`, newest first. */
  async page(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<Receipt[]> {
    const found = await this.rows(tx).find({
      where: { tenantId: tx.tenant.tenantId, ...(page.before === undefined ? {} : { id: LessThan(page.before) }) },
      order: { id: 'DESC' },
      take: page.limit,
    });
    for (const receipt of found) await this.opened(tx, receipt);
    return found;
  }

  private async opened(tx: Tx, receipt: Receipt | null): Promise<Receipt | null> {
    if (receipt === null) return null;
    receipt.fileName = await openedFileName(this.keyring, tx, receipt);
    receipt.reading = await openJson<Reading>(this.keyring, tx, readingPlace(receipt.id), receipt.readingSealed);
    return receipt;
  }

  private sealedReading(tx: Tx, { id, reading }: Receipt): Promise<Buffer | null> {
    return sealJson(this.keyring, tx, readingPlace(id), reading);
  }

  private rows(tx: Tx): Repository<Receipt> {
    return tx.manager.getRepository(Receipt);
  }
}

/** Where a reading is sealed. */
export const readingPlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'receipt.reading', rowId });
