import { Role, Scope, SCOPES_OF_ROLE } from '@app/tenancy';
import type { ApiBench } from '../../support/api-bench';

/** Someone who asks: with what, and which rights that gives; null for nobody who could be known. */
export interface WalkCaller {
  name: string;
  key: string | null;
  scopes: ReadonlySet<Scope> | null;
}

/** Nobody, an unknown key, a person without a role, one of each role, and an API key for each single scope. */
export function walkCallers(bench: ApiBench): WalkCaller[] {
  const nobody: WalkCaller[] = [
    { name: 'no credentials', key: null, scopes: null },
    { name: 'an unknown key', key: `${bench.keys[0].slice(0, -8)}AAAAAAAA`, scopes: null },
    { name: 'a person without a role', key: bench.person([]), scopes: new Set() },
  ];
  const roles = Role.options.map((role) => ({ name: role, key: bench.person(role), scopes: new Set(SCOPES_OF_ROLE[role]) }));
  const keys = Scope.options.map((scope): WalkCaller => {
    const scopes = new Set([scope]);
    const tenant = { tenantId: bench.tenantIds[0], actor: { type: 'apiKey' as const, id: scope, name: scope } };
    return { name: `a key for ${scope}`, key: bench.callers.add({ method: 'apiKey', scopes, tenant }), scopes };
  });
  return [...nobody, ...roles, ...keys];
}
