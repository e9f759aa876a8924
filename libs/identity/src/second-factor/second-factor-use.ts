import type { Tx } from '@app/database';

/** How many people of a tenant may sign in, how many of them have no second factor, and whether the tenant's own rule demands one. */
export interface SecondFactorUse {
  active: number;
  bare: number;
  isDemanded: boolean;
}

/** How the transaction's tenant uses second factors. */
export async function secondFactorUse({ manager, tenant }: Tx): Promise<SecondFactorUse> {
  const [row] = await manager.query<SecondFactorUse[]>(
    `select count(u.id)::int as active, (count(u.id) filter (where f.user_id is null))::int as bare,
       exists (select from sign_in_policy p where p.tenant_id = $1 and p.second_factor = 'everybody') as "isDemanded"
     from user_account u left join second_factor f on f.tenant_id = u.tenant_id and f.user_id = u.id and f.confirmed_at is not null
     where u.tenant_id = $1 and u.state = 'active'`,
    [tenant.tenantId],
  );
  return row ?? { active: 0, bare: 0, isDemanded: false };
}
