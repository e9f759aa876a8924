import { type Charge, type Origin, type Outcome, ProviderId, type RefusalCode, shanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CallPrices, contractPriceSql, PLACEHOLDER_PRICE } from '../charges/call-prices.store';
import { HAO_PER_FEN } from '../charges/yuan';
import type { PastCall, PastRequest } from './past-request';
import type { PastSettlement } from './second-persons';
import type { UsedDay } from './tally';

/** What a dry run looks at: only what is in clear, and only so much. */
@Injectable()
export class PastRequests {
  constructor(private readonly prices: CallPrices) {}

  /** At most `limit` requests since then, the newest of them, oldest first. */
  async since(tx: Tx, since: Date, limit: number): Promise<PastRequest[]> {
    const rows: RequestRow[] = await tx.manager.query(
      `select id, created_at, bill_code, issue_date, total_amount, elements_hash, provider, is_provider_named, origin, source_id, refusal_code
       from verification where tenant_id = $1 and id >= $2 order by id desc limit $3`,
      [tx.tenant.tenantId, firstIdOf(since), limit],
    );
    const calls = await this.callsOf(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.reverse().map((row) => toRequest(row, calls.get(row.id) ?? []));
  }

  /** What counts or may count of the calls since the first of a request's month that belong to earlier requests, by day. */
  async usedBefore(tx: Tx, { id, at }: PastRequest): Promise<UsedDay[]> {
    const month = `${shanghaiDay(at).slice(0, 7)}-01`;
    const rows: { day: string; calls: number; hao: string }[] = await tx.manager.query(
      `select a.counted_day as day, count(*)::int as calls, sum(${CALL_HAO})::text as hao
       ${CALLS} where a.tenant_id = $1 and a.counted_day >= $2 and a.verification_id < $3 and ${CALL_CHARGE} <> 'notCharged' group by a.counted_day`,
      [tx.tenant.tenantId, month, id],
    );
    return rows.map(({ day, calls, hao }) => ({ day, calls, hao: BigInt(hao) }));
  }

  /** Price of a call to each provider today, in 毫. */
  async pricesOf(tx: Tx): Promise<Record<ProviderId, bigint>> {
    const today = shanghaiDay(new Date());
    const prices: Partial<Record<ProviderId, bigint>> = {};
    for (const provider of ProviderId.options) prices[provider] = (await this.prices.on(tx, provider, today)).hao;
    return prices as Record<ProviderId, bigint>;
  }

  /** At most `limit` settlements by hand since then, the newest of them, oldest first. */
  async settledByHandSince(tx: Tx, since: Date, limit: number): Promise<PastSettlement[]> {
    const rows: { settled_at: Date; hao: string }[] = await tx.manager.query(
      `select s.settled_at, coalesce(c.price_hao, c.price_fen * ${HAO_PER_FEN})::text as hao
       from charge_settlement s join charge c on c.tenant_id = s.tenant_id and c.attempt_id = s.attempt_id
       where s.tenant_id = $1 and s.source = 'operator' and s.settled_at >= $2 order by s.settled_at desc, s.attempt_id limit $3`,
      [tx.tenant.tenantId, since, limit],
    );
    return rows.reverse().map(({ settled_at: at, hao }) => ({ day: shanghaiDay(at), hao: BigInt(hao) }));
  }

  private async callsOf(tx: Tx, ids: readonly string[]): Promise<Map<string, PastCall[]>> {
    const rows: CallRow[] = await tx.manager.query(
      `select a.verification_id, a.provider, a.counted_day, a.outcome, ${CALL_CHARGE} as charge, (${CALL_HAO})::text as hao
       ${CALLS} where a.tenant_id = $1 and a.verification_id = any($2) order by a.verification_id, a.number`,
      [tx.tenant.tenantId, ids],
    );
    const calls = new Map<string, PastCall[]>();
    for (const { verification_id: id, provider, counted_day: day, outcome, charge, hao } of rows) {
      calls.set(id, [...(calls.get(id) ?? []), { provider, day, outcome, charge, hao: BigInt(hao) }]);
    }
    return calls;
  }
}

// As the allowance counts: what is settled as settled, what is open as perhaps charged, at the price of its day where none is noted.
const CALLS = `from attempt a
  left join charge c on c.tenant_id = a.tenant_id and c.attempt_id = a.id
  left join charge_settlement s on s.tenant_id = a.tenant_id and s.attempt_id = a.id`;
const CALL_CHARGE = `coalesce(s.charge, c.state, a.charge, 'unknown')`;
const CALL_HAO = `coalesce(case when s.charge = 'charged' then s.price_hao end, c.price_hao, c.price_fen * ${HAO_PER_FEN},
  ${contractPriceSql('a.provider', 'a.counted_day')}, ${PLACEHOLDER_PRICE.hao})`;

interface RequestRow {
  id: string;
  created_at: Date;
  bill_code: string;
  issue_date: string;
  total_amount: string;
  elements_hash: string;
  provider: ProviderId;
  is_provider_named: boolean | null;
  origin: Origin;
  source_id: string | null;
  refusal_code: RefusalCode | null;
}

interface CallRow {
  verification_id: string;
  provider: ProviderId;
  counted_day: string;
  outcome: Outcome | null;
  charge: Charge;
  hao: string;
}

function toRequest(row: RequestRow, calls: readonly PastCall[]): PastRequest {
  return {
    id: row.id,
    at: row.created_at,
    elements: { billCode: row.bill_code, issueDate: row.issue_date, totalAmount: row.total_amount },
    elementsHash: row.elements_hash,
    // A verification that moved on names whom it moved to.
    provider: calls[0]?.provider ?? row.provider,
    isProviderNamed: row.is_provider_named,
    origin: row.origin,
    sourceId: row.source_id,
    refusal: row.refusal_code,
    calls,
  };
}

/** The lowest UUIDv7 of an instant: ids are in the order of time, and led by the index of the table. */
function firstIdOf(at: Date): string {
  return uuidv7({ msecs: at.getTime(), seq: 0, random: new Uint8Array(16) });
}
