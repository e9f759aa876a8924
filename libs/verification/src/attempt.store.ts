import { rowsOf, type Tx } from '@app/database';
import { Keyring } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Attempt } from './attempt.entity';
import { newReplyKeySealed, openedAttempt, openReplyKey } from './attempt-secrets';

/** All queries on attempts. */
@Injectable()
export class AttemptStore {
  constructor(private readonly keyring: Keyring) {}

  /** Writes the intent of a call, with a key for its reply. */
  async insert(tx: Tx, attempt: Attempt): Promise<void> {
    attempt.replyKeySealed = await newReplyKeySealed(this.keyring, tx, attempt.id);
    await rowsOf(tx, Attempt).insert(attempt);
  }

  async find(tx: Tx, id: string): Promise<Attempt | null> {
    const found = await rowsOf(tx, Attempt).findOneBy({ tenantId: tx.tenant.tenantId, id });
    return found && openedAttempt(this.keyring, tx, found);
  }

  /** The attempts of one verification, first to last. */
  async listOf(tx: Tx, verificationId: string): Promise<Attempt[]> {
    const values = [tx.tenant.tenantId, verificationId];
    const found = await rowsOf(tx, Attempt).findWhere('tenant_id = $1 and verification_id = $2 order by number', values);
    for (const attempt of found) await openedAttempt(this.keyring, tx, attempt);
    return found;
  }

  /** Gives an attempt another reply key, and answers it. Only for one of which egress surely never heard: it would refuse another key. */
  async renewReplyKey(tx: Tx, id: string): Promise<string> {
    const replyKeySealed = await newReplyKeySealed(this.keyring, tx, id);
    await this.rows(tx).update({ tenantId: tx.tenant.tenantId, id }, { replyKeySealed });
    return openReplyKey(this.keyring, tx, id, replyKeySealed);
  }

  /** From here on egress may have heard of it. */
  async markAsked(tx: Tx, id: string): Promise<void> {
    await this.rows(tx).update({ tenantId: tx.tenant.tenantId, id }, { askedAt: new Date() });
  }

  /** From here on it is one of the bill's calls of that Shanghai day. */
  async countOn(tx: Tx, id: string, countedDay: string): Promise<void> {
    await this.rows(tx).update({ tenantId: tx.tenant.tenantId, id }, { countedDay });
  }

  private rows(tx: Tx): Repository<Attempt> {
    return tx.manager.getRepository(Attempt);
  }
}
