import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { ChargeEntry } from './charge.entity';

/** The cost ledger's queries. Rows come with the ends of attempts and stay as they are; a `Settlement` beside one closes an unknown charge. */
@Injectable()
export class ChargeStore {
  async find(tx: Tx, attemptId: string): Promise<ChargeEntry | null> {
    return tx.manager.getRepository(ChargeEntry).findOneBy({ tenantId: tx.tenant.tenantId, attemptId });
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
