import { Scope as ScopeName } from '@app/tenancy';
import type { ApiBench } from '../../support/api-bench';
import { IS_PUBLIC } from '../../../apps/api/src/auth/public.decorator';
import { Scope } from '../../../apps/api/src/auth/scope.decorator';
import type { WalkCaller } from './callers';
import { type ExpectedScopes, walkRoles } from './role-walk';
import type { ServedRoute } from './served-route';

/** A guard that was broken on purpose, and whether the walk saw it. */
export interface GuardMutation {
  route: string;
  change: 'scope removed' | 'another scope' | 'made public';
  isSeen: boolean;
}

/** Breaks the guard of each route in three ways, one at a time, in the running api, and lets the walk look for it. */
export async function mutateGuards(
  bench: ApiBench,
  routes: readonly ServedRoute[],
  callers: readonly WalkCaller[],
  expected: ExpectedScopes,
): Promise<GuardMutation[]> {
  const mutations: GuardMutation[] = [];
  for (const route of routes) {
    const handler = route.declared?.handler;
    const scope = route.scope;
    if (handler === undefined || scope === undefined) continue;
    const other = otherScope(scope);
    // Only who has the right, who has the other one, and who has none can tell the difference.
    const few = callers.filter(
      ({ scopes }) => scopes === null || scopes.size === 0 || (scopes.size === 1 && (scopes.has(scope) || scopes.has(other))),
    );
    const isSeen = async (): Promise<boolean> => (await walkRoles(bench, [route], few, expected)).findings.length > 0;
    const changes: [GuardMutation['change'], string, unknown][] = [
      ['scope removed', Scope.KEY, undefined],
      ['another scope', Scope.KEY, other],
      ['made public', IS_PUBLIC, true],
    ];
    for (const [change, key, value] of changes) {
      const before: unknown = Reflect.getMetadata(key, handler);
      Reflect.defineMetadata(key, value, handler);
      try {
        mutations.push({ route: route.key, change, isSeen: await isSeen() });
      } finally {
        Reflect.defineMetadata(key, before, handler);
      }
    }
  }
  return mutations;
}

/** The next one in the list, so that the same run breaks the same. */
function otherScope(scope: ScopeName): ScopeName {
  const all = ScopeName.options;
  return all[(all.indexOf(scope) + 1) % all.length]!;
}
