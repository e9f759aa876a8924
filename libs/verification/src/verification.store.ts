import { Outcome, type ProviderFace } from '@app/contracts';
import { rowsOf, serialize, type Tx } from '@app/database';
import { outcomePolicy } from '@app/providers';
import { Injectable } from '@nestjs/common';
import { In, Not, type Repository } from 'typeorm';
import { Verification } from './verification.entity';
import { VerificationSecrets } from './verification-secrets';

const OPEN = ['queued', 'waiting'] as const;
/** More than a bill can have on a day. */
const MOST_OF_A_BILL = 20;
const DEFINITIVE = Outcome.options.filter((outcome) => outcomePolicy(outcome).definitive);

/** The words by which `serializeBill` serializes, for transactions that begin with them. */
export function wordsOfBill(billHash: string): string {
  return `bill/${billHash}`;
}

/** What stays of a verification whose face is erased. */
export interface ErasedDetail extends Pick<Verification, 'id' | 'keptVerdict' | 'keptFace'> {
  keptReview: boolean;
  stamp: { at: Date; rule: string };
}

/** What stays of the question of a verification whose reading is erased. */
export type ErasedReadFace = Pick<Verification, 'id' | 'checkCode' | 'keptVerdict'> & { keptReview: boolean };

/** All queries on verifications: what is personal is sealed on its way in and opened on its way out. A foreign tenant's verification is simply not found. */
@Injectable()
export class VerificationStore {
  constructor(private readonly secrets: VerificationSecrets) {}

  /** Waits until no other transaction holds the same words; held until this one ends. The tenant is part of what is locked. */
  async serialize(tx: Tx, ...words: string[]): Promise<void> {
    await serialize(tx, words.join('/'));
  }

  /** Serializes all that concerns one bill of the tenant: requests for it, and the ends of its calls. */
  async serializeBill(tx: Tx, billHash: string): Promise<void> {
    await serialize(tx, wordsOfBill(billHash));
  }

  async insert(tx: Tx, verification: Verification): Promise<void> {
    await this.secrets.seal(tx, verification);
    await rowsOf(tx, Verification).insert(verification);
  }

  async find(tx: Tx, id: string): Promise<Verification | null> {
    return this.opened(tx, await rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, id }));
  }

  async lock(tx: Tx, id: string): Promise<Verification | null> {
    return this.opened(tx, await rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, id }, { lock: true }));
  }

  /** Ids of all that was asked about a bill, oldest first. */
  async idsOfBill(tx: Tx, billHash: string, limit: number): Promise<string[]> {
    const rows = await tx.manager.query<{ id: string }[]>(
      `select id from verification where tenant_id = $1 and bill_hash = $2 order by id limit ${limit}`,
      [tx.tenant.tenantId, billHash],
    );
    return rows.map(({ id }) => id);
  }

  async findByIdempotencyKey(tx: Tx, idempotencyKey: string): Promise<Verification | null> {
    return this.opened(tx, await rowsOf(tx, Verification).findOneBy({ tenantId: tx.tenant.tenantId, idempotencyKey }));
  }

  /**
   * What was asked of the same bill that matters to a new request: the identical elements that are under way, definitive answers to them
   * (not those whose face was erased: nothing could be compared with another document that shows the bill),
   * and mismatches of other elements since `since`. The one under way first, then the newest.
   */
  async aboutBill(
    tx: Tx,
    { billHash, elementsHash }: Pick<Verification, 'billHash' | 'elementsHash'>,
    since: Date,
  ): Promise<Verification[]> {
    const found = await rowsOf(tx, Verification).findWhere(
      `tenant_id = $1 and bill_hash = $2 and origin = 'upstream'
       and ((elements_hash = $3 and (state in (${listed(OPEN)}) or (state = 'answered' and outcome in (${listed(DEFINITIVE)})
         and detail_erased_at is null)))
         or (outcome = 'MISMATCH' and finished_at >= $4))
       order by finished_at desc nulls first limit ${MOST_OF_A_BILL}`,
      [tx.tenant.tenantId, billHash, elementsHash, since],
    );
    return this.openedAll(tx, found);
  }

  /** The newest call for the identical elements that cost money, or may have, and gave no definitive answer. */
  async findSpent(tx: Tx, { billHash, elementsHash }: Pick<Verification, 'billHash' | 'elementsHash'>): Promise<Verification | null> {
    const asked = { tenantId: tx.tenant.tenantId, billHash, elementsHash, origin: 'upstream' as const, state: In(['answered', 'unknown']) };
    const spent = { charge: In(['charged', 'unknown']), outcome: Not(In(DEFINITIVE)) };
    return this.opened(tx, await this.rows(tx).findOne({ where: { ...asked, ...spent }, order: { finishedAt: 'DESC' } }));
  }

  /** Writes what `settle` changed, to the verification and to every one that joined it; answers those that joined, as they stand now. */
  async saveAnswer(tx: Tx, verification: Verification): Promise<Verification[]> {
    const { state, outcome, charge, face, finishedAt, nextAttemptAt, hold, provider, tenantId, id } = verification;
    // Whoever joined gets the same answer, but the charge belongs to the request that caused it.
    const [rows]: [{ id: string }[], number] = await tx.manager.query(
      `update verification set state = $3, outcome = $4,
         face_sealed = case when id = $2 then $5::bytea else face_sealed end, finished_at = $6, next_attempt_at = $7, hold = $8, provider = $9,
         charge = case when id = $2 then $10 else charge end
       where tenant_id = $1 and (id = $2 or (source_id = $2 and origin = 'joined')) returning id`,
      [
        ...[tenantId, id, state, outcome, await this.secrets.sealFace(tx, id, face)],
        ...[finishedAt, nextAttemptAt, hold, provider, charge],
      ],
    );
    const joined = rows.filter((row) => row.id !== id).map((row) => row.id);
    return this.answered(tx, await this.byIds(tx, joined), face);
  }

  /** These verifications. */
  async byIds(tx: Tx, ids: readonly string[]): Promise<Verification[]> {
    if (ids.length === 0) return [];
    return this.openedAll(tx, await this.rows(tx).findBy({ tenantId: tx.tenant.tenantId, id: In(ids) }));
  }

  /** Those that joined are told the same face, each sealed for its own row: what opens in one row opens in no other. */
  private async answered(tx: Tx, joined: Verification[], face: ProviderFace | null): Promise<Verification[]> {
    for (const one of joined) {
      if (face === null && one.face === null) continue;
      one.face = face;
      const sealed = await this.secrets.sealFace(tx, one.id, face);
      await tx.manager.query('update verification set face_sealed = $3 where tenant_id = $1 and id = $2', [one.tenantId, one.id, sealed]);
    }
    return joined;
  }

  private async opened(tx: Tx, verification: Verification | null): Promise<Verification | null> {
    return verification && this.secrets.open(tx, verification);
  }

  private async openedAll(tx: Tx, verifications: Verification[]): Promise<Verification[]> {
    for (const verification of verifications) await this.secrets.open(tx, verification);
    return verifications;
  }

  /** Takes the face away down to what is kept, and writes down what it came to. */
  async eraseDetail(tx: Tx, { id, keptVerdict, keptReview, keptFace, stamp }: ErasedDetail): Promise<void> {
    await tx.manager.query(
      `update verification set face_sealed = null, kept_face = $3, kept_verdict = $4, kept_review = $5, detail_erased_at = $6, detail_erased_by = $7
       where tenant_id = $1 and id = $2`,
      [
        ...[tx.tenant.tenantId, id, keptFace === null ? null : JSON.stringify(keptFace)],
        ...[keptVerdict, keptReview, stamp.at, stamp.rule],
      ],
    );
  }

  /** Takes away what was read of the receipt, and writes down what it came to. */
  async eraseReadFace(tx: Tx, { id, checkCode, keptVerdict, keptReview }: ErasedReadFace): Promise<void> {
    const asked = await this.secrets.sealAsked(tx, id, { checkCode, readFace: null });
    await tx.manager.query(
      'update verification set asked_sealed = $3, kept_verdict = $4, kept_review = $5 where tenant_id = $1 and id = $2',
      [tx.tenant.tenantId, id, asked, keptVerdict, keptReview],
    );
  }

  private rows(tx: Tx): Repository<Verification> {
    return tx.manager.getRepository(Verification);
  }
}

function listed(words: readonly string[]): string {
  return words.map((word) => `'${word}'`).join(', ');
}
