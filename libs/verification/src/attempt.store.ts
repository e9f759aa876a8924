import { rowsOf, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Attempt } from './attempt.entity';

/** All queries on attempts. */
@Injectable()
export class AttemptStore {
  async insert(tx: Tx, attempt: Attempt): Promise<void> {
    await rowsOf(tx, Attempt).insert(attempt);
  }

  async find(tx: Tx, id: string): Promise<Attempt | null> {
    return rowsOf(tx, Attempt).findOneBy({ tenantId: tx.tenant.tenantId, id });
  }

  /** The attempts of one verification, first to last. */
  async listOf(tx: Tx, verificationId: string): Promise<Attempt[]> {
    return rowsOf(tx, Attempt).findWhere('tenant_id = $1 and verification_id = $2 order by number', [tx.tenant.tenantId, verificationId]);
  }

  /** From here on egress may have heard of it. */
  async markAsked(tx: Tx, id: string): Promise<void> {
    await this.rows(tx).update({ tenantId: tx.tenant.tenantId, id }, { askedAt: new Date() });
  }

  private rows(tx: Tx): Repository<Attempt> {
    return tx.manager.getRepository(Attempt);
  }
}
