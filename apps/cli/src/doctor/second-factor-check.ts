import { type SecondFactorUse, secondFactorUse } from '@app/identity';
import type { Check, Finding } from './check';
import { named, ofEachTenant, type OfTenant, withDatabase } from './with-database';

/** Who may sign in has a second factor, or at least must enrol one. */
export function secondFactorCheck(url: string | undefined, installation: 'administrators' | 'everybody'): Check {
  const run = () =>
    withDatabase(url, async (dataSource) => judgeSecondFactors(await ofEachTenant(dataSource, secondFactorUse), installation));
  return { name: 'second factor', run };
}

export function judgeSecondFactors(tenants: readonly OfTenant<SecondFactorUse>[], installation: 'administrators' | 'everybody'): Finding {
  const active = tenants.reduce((sum, { found }) => sum + found.active, 0);
  const bare = tenants.filter(({ found }) => found.bare > 0);
  if (bare.length === 0) return { state: 'ok', detail: `all ${active} active accounts have one` };
  const isOptional = installation !== 'everybody' && bare.some(({ found }) => !found.isDemanded);
  const detail = named(bare.map(({ tenant, found }) => `${tenant}: ${found.bare} of ${found.active} active accounts have none`));
  return isOptional
    ? {
        state: 'warn',
        detail: `${detail}; only administrators must have one`,
        advice: 'set PIAOYAN_SECOND_FACTOR=everybody for api, or tighten the sign-in policy of the tenant',
      }
    : {
        state: 'warn',
        detail: `${detail}; they can do nothing before they enrol one`,
        advice: 'have these people sign in and enrol, and disable accounts that nobody uses (piaoyan user)',
      };
}
