import type { ChargeSummaryQuery } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { addSums, NO_CALLS, type Sums } from './charge-sums';

/** Days of Asia/Shanghai, both included, and what to group by. */
export type CostQuery = ChargeSummaryQuery;

const SHANGHAI_DAY = (column: string): string => `to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`;
const SHANGHAI_MONTH = (column: string): string => `to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM')`;
const KEYS: Record<CostQuery['by'], (row: string) => string> = {
  day: (row) => SHANGHAI_DAY(`${row}.created_at`),
  month: (row) => SHANGHAI_MONTH(`${row}.created_at`),
  provider: (row) => `${row}.provider`,
};

/** The statement that sums what calls came to; exported so that its plan can be looked at. Parameters: tenant, from, before. */
export const costStatement = (by: CostQuery['by']): string => `
  select ${KEYS[by]('c')} as key,
    count(*)::int as calls,
    count(*) filter (where coalesce(s.charge, c.state) = 'charged')::int as charged,
    count(*) filter (where coalesce(s.charge, c.state) = 'notCharged')::int as free,
    count(*) filter (where coalesce(s.charge, c.state) = 'unknown')::int as unknown,
    count(s.attempt_id)::int as settled,
    coalesce(sum(coalesce(s.price_hao, c.price_hao, c.price_fen * 100)) filter (where coalesce(s.charge, c.state) = 'charged'), 0)::text as amount_hao,
    coalesce(sum(coalesce(c.price_hao, c.price_fen * 100)) filter (where coalesce(s.charge, c.state) = 'unknown'), 0)::text as unknown_hao,
    coalesce(bool_or(c.price_hao is null) filter (where coalesce(s.charge, c.state) <> 'notCharged'), false) as has_placeholder_price
  from charge c
  left join charge_settlement s on s.tenant_id = c.tenant_id and s.attempt_id = c.attempt_id
  where c.tenant_id = $1 and c.created_at >= $2 and c.created_at < $3
  group by 1`;

/** The statement that counts the answers which cost nothing. The same parameters. */
export const sparedStatement = (by: CostQuery['by']): string => `
  select ${KEYS[by]('v')} as key,
    count(*) filter (where v.origin = 'cache')::int as cached,
    count(*) filter (where v.origin = 'joined')::int as joined
  from verification v
  where v.tenant_id = $1 and v.created_at >= $2 and v.created_at < $3 and v.origin in ('cache', 'joined')
  group by 1`;

/** What a tenant's calls of some days came to. */
@Injectable()
export class CostReadModel {
  /** By day, month or provider, in their order; those without any call are left out. */
  async sums(tx: Tx, { from, to, by }: CostQuery): Promise<Map<string, Sums>> {
    const parameters = [tx.tenant.tenantId, startOfDay(from), new Date(startOfDay(to).getTime() + DAY_MS)];
    const calls: CallsRow[] = await tx.manager.query(costStatement(by), parameters);
    const spared: SparedRow[] = await tx.manager.query(sparedStatement(by), parameters);
    const all = new Map<string, Sums>();
    const add = (key: string, sums: Sums): void => void all.set(key, addSums(all.get(key) ?? NO_CALLS, sums));
    for (const { key, ...row } of calls) add(key, ofCalls(row));
    for (const { key, cached, joined } of spared) add(key, { ...NO_CALLS, cached, joined });
    return new Map([...all].sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

const DAY_MS = 86_400_000;

/** The instant at which a day begins in Shanghai. */
function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00+08:00`);
}

interface CallsRow {
  key: string;
  calls: number;
  charged: number;
  free: number;
  unknown: number;
  settled: number;
  amount_hao: string;
  unknown_hao: string;
  has_placeholder_price: boolean;
}

interface SparedRow {
  key: string;
  cached: number;
  joined: number;
}

function ofCalls({ amount_hao, unknown_hao, has_placeholder_price, ...counts }: Omit<CallsRow, 'key'>): Sums {
  return {
    ...NO_CALLS,
    ...counts,
    amountHao: BigInt(amount_hao),
    unknownHao: BigInt(unknown_hao),
    hasPlaceholderPrice: has_placeholder_price,
  };
}
