import type { Tx } from '@app/database';
import type { Check, Finding } from './check';
import { named, ofEachTenant, type OfTenant, withDatabase } from './with-database';

/** How many people of a tenant may sign in, how many of them have no second factor, and whether the tenant's own rule demands one. */
export interface SecondFactors {
  active: number;
  bare: number;
  isDemanded: boolean;
}

/** Who may sign in has a second factor, or at least must enrol one. */
export function secondFactorCheck(url: string | undefined, installation: 'administrators' | 'everybody'): Check {
  const run = () =>
    withDatabase(url, async (dataSource) => judgeSecondFactors(await ofEachTenant(dataSource, secondFactors), installation));
  return { name: 'second factor', run };
}

async function secondFactors({ manager, tenant }: Tx): Promise<SecondFactors> {
  const [row] = await manager.query<SecondFactors[]>(
    `select count(u.id)::int as active, (count(u.id) filter (where f.user_id is null))::int as bare,
       exists (select from sign_in_policy p where p.tenant_id = $1 and p.second_factor = 'everybody') as "isDemanded"
     from user_account u left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null
     where u.tenant_id = $1 and u.state = 'active'`,
    [tenant.tenantId],
  );
  return row ?? { active: 0, bare: 0, isDemanded: false };
}

export function judgeSecondFactors(tenants: readonly OfTenant<SecondFactors>[], installation: 'administrators' | 'everybody'): Finding {
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
