import { createHash } from 'node:crypto';
import type { Tx } from '@app/database';
import { BillWordErasure, type DueQuery, eraseBases, type Erased, type ErasureStamp, isVerificationHeld } from '@app/receipts';
import { Injectable } from '@nestjs/common';
import { needsReview, verdictOf } from '../verdict';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import { keptFace } from './kept-face';

/** Ended, and with a known charge: the raw reply of a call whose cost is not settled is still needed for that. */
const IS_OVER = `v.finished_at is not null and v.state in ('answered', 'settled', 'failed')`;

/**
 * Erases what providers told beyond the verdict, and what was read of the receipt to compare it with. Before either goes, the verdict that was
 * drawn from them is written down: it stays what it was, and never turns green for want of a contradiction.
 */
@Injectable()
export class VerificationErasure {
  constructor(
    private readonly store: VerificationStore,
    private readonly words: BillWordErasure,
  ) {}

  /** Verifications whose detail is due, counted from their end. */
  async dueDetails(tx: Tx, { before, limit }: DueQuery): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select v.id from verification v where v.tenant_id = $1 and v.detail_erased_at is null and ${IS_OVER} and v.finished_at < $2
       and not ${isVerificationHeld('v')} order by v.finished_at, v.id limit $3`,
      [tx.tenant.tenantId, before, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Empties the face down to its flags, and removes the raw replies and the providers' own words. */
  async eraseDetails(tx: Tx, ids: readonly string[], stamp: ErasureStamp): Promise<Erased[]> {
    const erased: Erased[] = [];
    for (const id of ids) {
      const verification = await this.store.lock(tx, id);
      if (verification === null || verification.isOpen || verification.detailErasedAt !== null) continue;
      const words = await removedWords(tx, id);
      await this.store.eraseDetail(tx, { ...decided(verification), id, keptFace: verification.face && keptFace(verification.face), stamp });
      await this.words.ofBillCalled(tx, verification);
      await eraseBases(tx, 'verification', [id]);
      const sha256 = hashOf([verification.faceSealed, ...words]);
      erased.push({ recordType: 'verification', recordId: id, sha256, objectKeys: [] });
    }
    return erased;
  }

  /** What was read of these receipts, in their verifications: it goes with the readings themselves. */
  async eraseReadFaces(tx: Tx, receiptIds: readonly string[]): Promise<void> {
    const rows = await tx.manager.query<{ id: string }[]>(
      'select id from verification where tenant_id = $1 and receipt_id = any($2::uuid[]) order by id',
      [tx.tenant.tenantId, receiptIds],
    );
    for (const { id } of rows) {
      const verification = await this.store.lock(tx, id);
      if (verification === null || verification.isOpen || verification.readFace === null) continue;
      await this.store.eraseReadFace(tx, { ...decided(verification), id, checkCode: verification.checkCode });
    }
  }
}

/** What stands already stays: it was drawn when there was more to draw from. */
function decided(verification: Verification): { keptVerdict: Verification['keptVerdict']; keptReview: boolean } {
  return { keptVerdict: verification.keptVerdict ?? verdictOf(verification), keptReview: needsReview(verification) };
}

/** Takes away replies and messages of the calls; what they were, as they were stored. */
async function removedWords(tx: Tx, verificationId: string): Promise<(Buffer | null)[]> {
  const values = [tx.tenant.tenantId, verificationId];
  const ofVerification = `r.tenant_id = $1 and r.attempt_id in (select a.id from attempt a where a.tenant_id = $1 and a.verification_id = $2)`;
  const replies = await tx.manager.query<{ body: Buffer }[]>(
    `select r.body_sealed as body from provider_reply r where ${ofVerification} order by r.attempt_id`,
    values,
  );
  const messages = await tx.manager.query<{ message: Buffer | null }[]>(
    `select provider_message_sealed as message from attempt where tenant_id = $1 and verification_id = $2 order by id`,
    values,
  );
  await tx.manager.query(`delete from provider_reply r where ${ofVerification}`, values);
  await tx.manager.query('update attempt set provider_message_sealed = null where tenant_id = $1 and verification_id = $2', values);
  return [...replies.map(({ body }) => body), ...messages.map(({ message }) => message)];
}

/** Of sealed values, each with its length before it. */
function hashOf(values: readonly (Buffer | null)[]): string {
  const hash = createHash('sha256');
  for (const value of values) hash.update(`${value?.length ?? 0}\n`).update(value ?? '');
  return hash.digest('hex');
}
