import type { Charge, ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { HAO_PER_FEN } from '../charges/yuan';
import type { Difference } from './difference';
import type { LedgerAttempt } from './draw-conclusions';
import type { VerificationSecrets } from '../verification-secrets';

/** The record of one comparison that was applied. */
export interface ReconciliationRecord {
  provider: ProviderId;
  sha256: string;
  period: { from: string; to: string } | null;
  lineCount: number;
  pairCount: number;
  settledCount: number;
  /** Of the differences: the same statement with the same result is recorded once. */
  resultHash: string;
  differences: readonly Difference[];
}

/** An attempt that egress could not be asked about for days may have called any time until then. */
const LONGEST_ATTEMPT = '7 days';

/** Queries of the comparison with a statement. */
@Injectable()
export class ReconciliationStore {
  constructor(private readonly secrets: VerificationSecrets) {}

  /** The tenant's attempts at a provider that may have called between two instants; at most `limit`. */
  async attempts(tx: Tx, query: { provider: ProviderId; fromMs: number; untilMs: number; limit: number }): Promise<LedgerAttempt[]> {
    const rows: AttemptRow[] = await tx.manager.query(
      `select a.id, a.tenant_id, a.state, a.provider_task_number, coalesce(s.provider_code, a.provider_code) as code,
         coalesce(s.charge, c.state) as charge, a.created_at, a.finished_at, c.price_fen, c.price_hao,
         v.bill_hash, v.bill_code, v.bill_number, v.id as verification_id, v.asked_sealed, v.issue_date, v.total_amount
       from attempt a
       join verification v on v.tenant_id = a.tenant_id and v.id = a.verification_id
       left join charge c on c.tenant_id = a.tenant_id and c.attempt_id = a.id
       left join charge_settlement s on s.tenant_id = a.tenant_id and s.attempt_id = a.id
       where a.tenant_id = $1 and a.provider = $2 and a.created_at >= $3::timestamptz - interval '${LONGEST_ATTEMPT}' and a.created_at < $4
         and (a.finished_at is null or a.finished_at >= $3)
       order by a.created_at, a.id limit $5`,
      [tx.tenant.tenantId, query.provider, new Date(query.fromMs), new Date(query.untilMs), query.limit],
    );
    const attempts: LedgerAttempt[] = [];
    for (const row of rows) attempts.push(toAttempt(row, await this.secrets.checkCode(tx, row.verification_id, row.asked_sealed)));
    return attempts;
  }

  /** The result of the newest record of a statement, or null. */
  async lastResult(
    tx: Tx,
    { provider, sha256, period }: Pick<ReconciliationRecord, 'provider' | 'sha256' | 'period'>,
  ): Promise<string | null> {
    const rows: { result_hash: string }[] = await tx.manager.query(
      `select result_hash from reconciliation
       where statement_sha256 = $1 and provider = $2 and coalesce(from_day, '') = $3 and coalesce(to_day, '') = $4
       order by made_at desc, id desc limit 1`,
      [sha256, provider, period?.from ?? '', period?.to ?? ''],
    );
    return rows[0]?.result_hash ?? null;
  }

  async insert(tx: Tx, record: ReconciliationRecord): Promise<string> {
    const id = uuidv7();
    const { provider, sha256, period, lineCount, pairCount, settledCount, resultHash, differences } = record;
    await tx.manager.query(
      `insert into reconciliation (id, provider, statement_sha256, from_day, to_day, line_count, pair_count, settled_count,
         difference_count, result_hash, made_by)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [
        ...[id, provider, sha256, period?.from ?? null, period?.to ?? null, lineCount, pairCount, settledCount],
        ...[differences.length, resultHash, tx.tenant.actor.id],
      ],
    );
    await tx.manager.query(
      `insert into reconciliation_difference (reconciliation_id, number, kind, statement_line, attempt_id, bill, detail)
       select $1, number, kind, statement_line, attempt_id, bill, detail
       from unnest($2::int[], $3::text[], $4::int[], $5::uuid[], $6::text[], $7::text[])
         as given (number, kind, statement_line, attempt_id, bill, detail)`,
      [
        id,
        differences.map((_, at) => at + 1),
        differences.map(({ kind }) => kind),
        differences.map(({ line }) => line),
        differences.map(({ attemptId }) => attemptId),
        differences.map(({ bill }) => bill),
        differences.map(({ detail }) => detail),
      ],
    );
    return id;
  }
}

interface AttemptRow {
  id: string;
  tenant_id: string;
  state: string;
  provider_task_number: string | null;
  code: string | null;
  charge: Charge | null;
  created_at: Date;
  finished_at: Date | null;
  price_fen: string | null;
  price_hao: string | null;
  bill_hash: string;
  bill_code: string;
  bill_number: string;
  verification_id: string;
  asked_sealed: Buffer;
  issue_date: string;
  total_amount: string;
}

function toAttempt(row: AttemptRow, checkCode: string): LedgerAttempt {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    taskNumber: row.provider_task_number,
    elements: {
      billCode: row.bill_code,
      billNumber: row.bill_number,
      checkCode,
      issueDate: row.issue_date,
      totalAmount: row.total_amount,
    },
    billHash: row.bill_hash,
    fromMs: row.created_at.getTime(),
    untilMs: row.finished_at?.getTime() ?? Infinity,
    code: row.code,
    charge: row.charge,
    mayHaveCalled: row.state !== 'notSent',
    price: {
      hao: row.price_hao === null ? BigInt(row.price_fen ?? 0) * HAO_PER_FEN : BigInt(row.price_hao),
      isPlaceholder: row.price_hao === null,
    },
  };
}
