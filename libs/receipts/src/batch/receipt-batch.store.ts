import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { ReceiptBatch } from './receipt-batch.entity';

/** All queries on batches. A foreign tenant's batch is simply not found. */
@Injectable()
export class ReceiptBatchStore {
  /** Waits until no other transaction of the tenant holds the same key; held until this one ends. */
  async serialize(tx: Tx, idempotencyKey: string): Promise<void> {
    const words = [tx.tenant.tenantId, 'receipt-batch', idempotencyKey].join('/');
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [words]);
  }

  async insert(tx: Tx, batch: ReceiptBatch): Promise<void> {
    await this.rows(tx).insert(batch);
  }

  async findByIdempotencyKey(tx: Tx, idempotencyKey: string): Promise<ReceiptBatch | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, idempotencyKey });
  }

  private rows(tx: Tx): Repository<ReceiptBatch> {
    return tx.manager.getRepository(ReceiptBatch);
  }
}
