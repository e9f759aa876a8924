import type { SettledCharge } from '@app/contracts';
import { serialize, type Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Verification } from '../../verification.entity';
import { VerificationStore } from '../../verification.store';
import { HAO_PER_FEN } from '../yuan';
import type { Settlement, SettlementSource } from './settlement';

/** Queries on settlements, and the part of a verification that they change. */
@Injectable()
export class SettlementStore {
  constructor(private readonly verifications: VerificationStore) {}

  async insert(tx: Tx, settlement: Settlement): Promise<void> {
    const { attemptId, verificationId, charge, providerCode, source, statement, reason, priceHao, settledBy, settledAt } = settlement;
    await tx.manager.query(
      `insert into charge_settlement (tenant_id, attempt_id, verification_id, charge, provider_code, source,
         statement_sha256, statement_line, reason, price_hao, settled_by, settled_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [
        ...[tx.tenant.tenantId, attemptId, verificationId, charge, providerCode, source],
        ...[statement?.sha256 ?? null, statement?.line ?? null, reason, String(priceHao), settledBy, settledAt],
      ],
    );
  }

  /** The settlements of some attempts, by attempt. */
  async ofAttempts(tx: Tx, attemptIds: readonly string[]): Promise<Map<string, Settlement>> {
    const rows: Row[] = await tx.manager.query(
      `select attempt_id, verification_id, charge, provider_code, source, statement_sha256, statement_line, reason, price_hao, settled_by, settled_at
       from charge_settlement where tenant_id = $1 and attempt_id = any($2)`,
      [tx.tenant.tenantId, attemptIds],
    );
    return new Map(rows.map((row) => [row.attempt_id, toSettlement(row)]));
  }

  /** Lets no other transaction of the tenant settle by hand until this one ends. */
  async holdByHand(tx: Tx): Promise<void> {
    await serialize(tx, 'settlements by hand');
  }

  /** Price in 毫 of the calls that were settled by hand since then, whatever they were settled as. */
  async settledByHand(tx: Tx, since: Date): Promise<bigint> {
    const rows: { hao: string }[] = await tx.manager.query(
      `select coalesce(sum(coalesce(c.price_hao, c.price_fen * ${HAO_PER_FEN})), 0)::text as hao
       from charge_settlement s join charge c on c.tenant_id = s.tenant_id and c.attempt_id = s.attempt_id
       where s.tenant_id = $1 and s.source = 'operator' and s.settled_at >= $2`,
      [tx.tenant.tenantId, since],
    );
    return BigInt(rows[0]?.hao ?? 0);
  }

  /** Writes what a settlement changed, to the verification and to those that joined it, which have no charge of their own; answers these. */
  async saveSettled(tx: Tx, { tenantId, id, state, charge, settledOutcome }: Verification): Promise<Verification[]> {
    await tx.manager.query(`update verification set state = $3, charge = $4, settled_outcome = $5 where tenant_id = $1 and id = $2`, [
      ...[tenantId, id, state, charge, settledOutcome],
    ]);
    const [joined]: [{ id: string }[], number] = await tx.manager.query(
      `update verification set state = $3, settled_outcome = $4 where tenant_id = $1 and source_id = $2 and origin = 'joined' and state = 'unknown' returning id`,
      [tenantId, id, state, settledOutcome],
    );
    return this.verifications.byIds(
      tx,
      joined.map((row) => row.id),
    );
  }
}

interface Row {
  attempt_id: string;
  verification_id: string;
  charge: SettledCharge;
  provider_code: string | null;
  source: Settlement['source'];
  statement_sha256: string | null;
  statement_line: number | null;
  reason: string | null;
  price_hao: string;
  settled_by: string;
  settled_at: Date;
}

function toSettlement(row: Row): Settlement {
  return {
    ...sourceOf(row),
    attemptId: row.attempt_id,
    verificationId: row.verification_id,
    charge: row.charge,
    providerCode: row.provider_code,
    priceHao: BigInt(row.price_hao),
    settledBy: row.settled_by,
    settledAt: row.settled_at,
  };
}

function sourceOf({ statement_sha256: sha256, statement_line: line, reason }: Row): SettlementSource {
  return sha256 === null
    ? { source: 'operator', statement: null, reason: reason ?? '' }
    : { source: 'statement', statement: { sha256, line }, reason: null };
}
