import type { ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import type { CallPrices } from '../charges/call-prices';
import { nextShanghaiDay, nextShanghaiMonth, shanghaiDay } from '../shanghai-day';
import type { LocalRefusal } from '../verification.entity';
import type { PolicyTerms } from './verification-policy.entity';

/**
 * Keeps a tenant within its calls a day and its money a month. What was or may have been charged counts, and so do calls that are still
 * open; what surely cost nothing does not. Only tenants with a limit wait for one another's transactions here.
 */
export class Allowance {
  constructor(private readonly prices: CallPrices) {}

  /** Lets no other request of a limited tenant count until this transaction ends. Take it before the bill's place of the day. */
  async hold(tx: Tx, terms: PolicyTerms): Promise<void> {
    if (!isLimited(terms)) return;
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`${tx.tenant.tenantId}/allowance`]);
  }

  /** Why one more call to the provider is beyond the tenant's terms; null when it is within them. Hold it first. */
  async refusal(tx: Tx, terms: PolicyTerms, provider: ProviderId): Promise<LocalRefusal | null> {
    if (!isLimited(terms)) return null;
    const today = shanghaiDay(new Date());
    const { calls, fen } = await this.used(tx, today, terms.monthlyBudgetFen === null);
    if (terms.dailyQuota !== null && calls >= terms.dailyQuota) {
      return { outcome: 'DAILY_LIMIT', code: 'tenant-quota', passesAt: nextShanghaiDay(today) };
    }
    if (terms.monthlyBudgetFen !== null && fen + this.prices[provider] > terms.monthlyBudgetFen) {
      return { outcome: 'DAILY_LIMIT', code: 'tenant-budget', passesAt: nextShanghaiMonth(today) };
    }
    return null;
  }

  /** Calls of today, and 分 of the month as far as it was looked at: an ended call at its price, an open one at today's. */
  private async used(tx: Tx, today: string, todayOnly: boolean): Promise<{ calls: number; fen: bigint }> {
    const rows: { calls: string; fen: string }[] = await tx.manager.query(
      `select count(case when a.counted_day = $2 then 1 end) as calls,
              coalesce(sum(coalesce(c.price_fen, case a.provider when 'netocr' then $4::bigint when 'jumdata' then $5::bigint else $6::bigint end)), 0) as fen
       from attempt a left join charge c on c.tenant_id = a.tenant_id and c.attempt_id = a.id
       where a.tenant_id = $1 and a.counted_day >= $3 and (c.state is null or c.state in ('charged', 'unknown'))`,
      [
        tx.tenant.tenantId,
        today,
        todayOnly ? today : `${today.slice(0, 7)}-01`,
        ...[this.prices.netocr, this.prices.jumdata, this.prices.generic].map(String),
      ],
    );
    return { calls: Number(rows[0]?.calls ?? 0), fen: BigInt(rows[0]?.fen ?? 0) };
  }
}

function isLimited({ dailyQuota, monthlyBudgetFen }: PolicyTerms): boolean {
  return dailyQuota !== null || monthlyBudgetFen !== null;
}
