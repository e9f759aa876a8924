import { type ProviderId, shanghaiDay } from '@app/contracts';
import type { Tx } from '@app/database';
import { CallPrices, contractPriceSql, PLACEHOLDER_PRICE } from '../charges/call-prices.store';
import { HAO_PER_FEN } from '../charges/yuan';
import { refusalBeyondAllowance, type Used } from '../rules/refusal-beyond-allowance';
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
    const countsMoney = terms.monthlyBudgetFen !== null;
    const used = await this.used(tx, today, !countsMoney);
    const callHao = countsMoney ? (await this.prices.on(tx, provider, today)).hao : 0n;
    return refusalBeyondAllowance(used, callHao, { terms, today });
  }

  /** Calls of today, and 毫 of the month as far as it was looked at: an ended call at its price, an open one at today's. */
  private async used(tx: Tx, today: string, todayOnly: boolean): Promise<Used> {
    const rows: { calls: string; hao: string }[] = await tx.manager.query(
      `select count(case when a.counted_day = $2 then 1 end) as calls,
              coalesce(sum(coalesce(s.price_hao, c.price_hao, c.price_fen * ${HAO_PER_FEN}, ${contractPriceSql('a.provider', '$2')}, $4::bigint)), 0) as hao
       from attempt a
       left join charge c on c.tenant_id = a.tenant_id and c.attempt_id = a.id
       left join charge_settlement s on s.tenant_id = a.tenant_id and s.attempt_id = a.id
       where a.tenant_id = $1 and a.counted_day >= $3 and coalesce(s.charge, c.state, 'unknown') in ('charged', 'unknown')`,
      [tx.tenant.tenantId, today, todayOnly ? today : `${today.slice(0, 7)}-01`, String(PLACEHOLDER_PRICE.hao)],
    );
    return { calls: Number(rows[0]?.calls ?? 0), hao: BigInt(rows[0]?.hao ?? 0) };
  }
}

function isLimited({ dailyQuota, monthlyBudgetFen }: PolicyTerms): boolean {
  return dailyQuota !== null || monthlyBudgetFen !== null;
}
