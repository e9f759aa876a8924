import type { Tx } from '@app/database';
import { Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { LessThan, type Repository } from 'typeorm';
import { VerificationBatch } from './verification-batch.entity';

/** All queries on batches of verifications. A foreign tenant's batch is simply not found. */
@Injectable()
export class VerificationBatchStore {
  constructor(private readonly keyring: Keyring) {}

  /** Waits until no other transaction of the tenant holds the same key; held until this one ends. */
  async serialize(tx: Tx, idempotencyKey: string): Promise<void> {
    const words = [tx.tenant.tenantId, 'verification-batch', idempotencyKey].join('/');
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [words]);
  }

  async insert(tx: Tx, batch: VerificationBatch): Promise<void> {
    const { id, fileName } = batch;
    batch.fileNameSealed = fileName === null ? null : await this.keyring.seal(tx, batchNamePlace(id), Buffer.from(fileName));
    await this.batches(tx).insert(batch);
  }

  async find(tx: Tx, id: string): Promise<VerificationBatch | null> {
    return this.opened(tx, await this.batches(tx).findOneBy({ tenantId: tx.tenant.tenantId, id }));
  }

  async findByIdempotencyKey(tx: Tx, idempotencyKey: string): Promise<VerificationBatch | null> {
    return this.opened(tx, await this.batches(tx).findOneBy({ tenantId: tx.tenant.tenantId, idempotencyKey }));
  }

  /** The row, held against other writers until the transaction ends: whoever feeds, pauses or cancels a batch does it alone. */
  async lock(tx: Tx, id: string): Promise<VerificationBatch | null> {
    const found = await this.batches(tx).findOne({ where: { tenantId: tx.tenant.tenantId, id }, lock: { mode: 'pessimistic_write' } });
    return this.opened(tx, found);
  }

  /** At most `limit` batches older than the one with the id `before`, newest first. */
  async page(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<VerificationBatch[]> {
    const found = await this.batches(tx).find({
      where: { tenantId: tx.tenant.tenantId, ...(page.before === undefined ? {} : { id: LessThan(page.before) }) },
      order: { id: 'DESC' },
      take: page.limit,
    });
    for (const batch of found) await this.opened(tx, batch);
    return found;
  }

  /** What a person's command changed. */
  async saveCommand(tx: Tx, batch: VerificationBatch): Promise<void> {
    const { tenantId, id, state, pauseReason, confirmedCalls, confirmedCached, confirmedUnderWay } = batch;
    const { feedStep, startedBy, startedByName, startedAt, finishedAt } = batch;
    await this.batches(tx).update(
      { tenantId, id },
      {
        state,
        pauseReason,
        confirmedCalls,
        confirmedCached,
        confirmedUnderWay,
        feedStep,
        startedBy,
        startedByName,
        startedAt,
        finishedAt,
      },
    );
  }

  /** What feeding changed. */
  async saveFeeding(tx: Tx, { tenantId, id, state, pauseReason, feedStep, finishedAt }: VerificationBatch): Promise<void> {
    await this.batches(tx).update({ tenantId, id }, { state, pauseReason, feedStep, finishedAt });
  }

  private async opened(tx: Tx, batch: VerificationBatch | null): Promise<VerificationBatch | null> {
    if (batch === null) return null;
    const { id, fileNameSealed: sealed } = batch;
    batch.fileName = sealed === null ? null : (await this.keyring.open(tx, batchNamePlace(id), sealed)).toString();
    return batch;
  }

  private batches(tx: Tx): Repository<VerificationBatch> {
    return tx.manager.getRepository(VerificationBatch);
  }
}

/** Where the name of a table is sealed. */
export const batchNamePlace = (rowId: string): SealPlace => ({ dataClass: 'personal', purpose: 'verification_batch.file_name', rowId });
