import { rowsOf, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { ChargeEntry } from './charge.entity';

/** The cost ledger's queries. Rows are only ever added here; an unknown charge is closed by reconciliation. */
@Injectable()
export class ChargeStore {
  async insert(tx: Tx, entry: ChargeEntry): Promise<void> {
    await rowsOf(tx, ChargeEntry).insert(entry);
  }

  /** At most `limit` rows of attempts older than `before`, newest first. */
  async page(tx: Tx, page: { limit: number; before?: string | undefined }): Promise<ChargeEntry[]> {
    return tx.manager.getRepository(ChargeEntry).find({
      where: { tenantId: tx.tenant.tenantId, ...(page.before === undefined ? {} : { attemptId: LessThan(page.before) }) },
      order: { attemptId: 'DESC' },
      take: page.limit,
    });
  }
}
