import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Correction } from './correction.entity';

/** All queries on corrections. A foreign tenant's are simply not found. */
@Injectable()
export class CorrectionStore {
  async insert(tx: Tx, correction: Correction): Promise<void> {
    await this.rows(tx).insert(correction);
  }

  /** The corrections that stand: of each bill of these receipts the newest, in the order of the bills. */
  async standing(tx: Tx, receiptIds: readonly string[]): Promise<Correction[]> {
    if (receiptIds.length === 0) return [];
    return this.rows(tx)
      .createQueryBuilder('correction')
      .where('correction.tenantId = :tenantId and correction.receiptId in (:...receiptIds)', {
        tenantId: tx.tenant.tenantId,
        receiptIds,
      })
      .andWhere(
        `correction.version = (select max(later.version) from receipt_correction later where later.tenant_id = correction.tenant_id
         and later.receipt_id = correction.receipt_id and later.bill_number = correction.bill_number)`,
      )
      .orderBy('correction.billNumber')
      .getMany();
  }

  private rows(tx: Tx): Repository<Correction> {
    return tx.manager.getRepository(Correction);
  }
}
