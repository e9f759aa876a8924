import { Outcome } from '@app/contracts';
import { rowsOf, type Tx } from '@app/database';
import { outcomePolicy } from '@app/providers';
import { Injectable } from '@nestjs/common';
import { In, type Repository } from 'typeorm';
import { Verification } from './verification.entity';

const OPEN = ['queued', 'waiting'] as const;
const DEFINITIVE = Outcome.options.filter((outcome) => outcomePolicy(outcome).definitive);

/** All queries on verifications. A foreign tenant's verification is simply not found. */
@Injectable()
export class VerificationStore {
  /** Waits until no other transaction holds the same words; held until this one ends. The tenant is part of what is locked. */
  async serialize(tx: Tx, ...words: string[]): Promise<void> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [[tx.tenant.tenantId, ...words].join('/')]);
  }

  async insert(tx: Tx, verification: Verification): Promise<void> {
    await rowsOf(tx, Verification).insert(verification);
  }

  async find(tx: Tx, id: string): Promise<Verification | null> {
    return rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, id });
  }

  async lock(tx: Tx, id: string): Promise<Verification | null> {
    return rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, id }, { lock: true });
  }

  async findByIdempotencyKey(tx: Tx, idempotencyKey: string): Promise<Verification | null> {
    return rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, idempotencyKey });
  }

  /** The upstream verification of the identical elements that is under way. */
  async findOpen(tx: Tx, elementsHash: string): Promise<Verification | null> {
    return this.rows(tx).findOneBy({ tenantId: tx.tenant.tenantId, elementsHash, origin: 'upstream', state: In(OPEN) });
  }

  /** The newest definitive answer to the identical elements. */
  async findDefinitive(tx: Tx, elementsHash: string): Promise<Verification | null> {
    const told = { tenantId: tx.tenant.tenantId, elementsHash, origin: 'upstream' as const, state: 'answered' as const };
    return this.rows(tx).findOne({ where: { ...told, outcome: In(DEFINITIVE) }, order: { finishedAt: 'DESC' } });
  }

  /** Writes what `settle` changed, to the verification and to every one that joined it. */
  async saveAnswer(tx: Tx, verification: Verification): Promise<void> {
    const { state, outcome, face, finishedAt, nextAttemptAt, tenantId, id } = verification;
    const told = { state, outcome, face: face as object | null, finishedAt, nextAttemptAt };
    await this.rows(tx).update({ tenantId, id }, { ...told, charge: verification.charge });
    // Whoever joined gets the same answer, but the charge belongs to the request that caused it.
    await this.rows(tx).update({ tenantId, sourceId: id, origin: 'joined' }, told);
  }

  private rows(tx: Tx): Repository<Verification> {
    return tx.manager.getRepository(Verification);
  }
}
