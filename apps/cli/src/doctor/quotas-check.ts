import { QuotaKind, type QuotaLimits } from '@app/contracts';
import { QuotaStore } from '@app/tenancy';
import type { Check, Finding } from './check';
import { named, ofEachTenant, type OfTenant, withDatabase } from './with-database';

/** What of each kind is used, beside its bounds. */
export interface QuotaUse {
  limits: QuotaLimits;
  used: Readonly<Record<QuotaKind, number>>;
}

/** From this part of a bound on it is told. */
const NEAR = 0.8;

/** No tenant is near a bound, beyond which it is refused. */
export function quotasCheck(url: string | undefined): Check {
  const store = new QuotaStore();
  const run = () =>
    withDatabase(url, async (dataSource) =>
      judgeQuotas(
        await ofEachTenant(dataSource, async (tx) => {
          const [{ limits }, used, now] = [await store.rules(tx), new Map<QuotaKind, number>(), new Date()];
          for (const kind of QuotaKind.options) used.set(kind, limits[kind] === null ? 0 : await store.used(tx, kind, now));
          return { limits, used: Object.fromEntries(used) as Record<QuotaKind, number> };
        }),
      ),
    );
  return { name: 'quotas', run };
}

export function judgeQuotas(tenants: readonly OfTenant<QuotaUse>[]): Finding {
  const tight = tenants.flatMap(({ tenant, found: { limits, used } }) =>
    QuotaKind.options.flatMap((kind) => {
      const limit = limits[kind];
      if (limit === null || used[kind] < NEAR * limit) return [];
      const word = used[kind] >= limit ? 'used up' : 'nearly used up';
      return [`${tenant}: ${kind} is ${word}, ${used[kind]} of ${limit}`];
    }),
  );
  if (tight.length > 0)
    return { state: 'warn', detail: named(tight), advice: 'raise it (piaoyan quota set), or find out what uses so much' };
  const bounded = tenants.filter(({ found }) => QuotaKind.options.some((kind) => found.limits[kind] !== null)).length;
  return { state: 'ok', detail: `${bounded} of ${tenants.length} tenants have bounds, none is near one` };
}
