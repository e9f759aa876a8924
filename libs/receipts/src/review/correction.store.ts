import type { Tx } from '@app/database';
import { Keyring, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Correction } from './correction.entity';

/** All queries on corrections. A foreign tenant's are simply not found. */
@Injectable()
export class CorrectionStore {
  constructor(private readonly keyring: Keyring) {}

  async insert(tx: Tx, correction: Correction): Promise<void> {
    correction.fieldsSealed = await this.keyring.seal(tx, correctionPlace(correction), Buffer.from(JSON.stringify(correction.fields)));
    await this.rows(tx).insert(correction);
  }

  /** The corrections that stand: of each bill of these receipts the newest, in the order of the bills. */
  async standing(tx: Tx, receiptIds: readonly string[]): Promise<Correction[]> {
    if (receiptIds.length === 0) return [];
    const found = await this.rows(tx)
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
    for (const correction of found) {
      const fields = await this.keyring.open(tx, correctionPlace(correction), correction.fieldsSealed);
      correction.fields = JSON.parse(fields.toString()) as Correction['fields'];
    }
    return found;
  }

  private rows(tx: Tx): Repository<Correction> {
    return tx.manager.getRepository(Correction);
  }
}

/** Where a correction is sealed. */
export function correctionPlace({ receiptId, billNumber, version }: Pick<Correction, 'receiptId' | 'billNumber' | 'version'>): SealPlace {
  return { dataClass: 'personal', purpose: 'receipt_correction.fields', rowId: `${receiptId}/${billNumber}/${version}` };
}
