import { Scope } from '@app/tenancy';
import type { RouteDemand } from '../../../apps/api/src/roles/roles-document';
import type { ApiBench } from '../../support/api-bench';
import type { WalkCaller } from './callers';
import type { Finding } from './finding';
import type { ServedRoute } from './served-route';
import { ask, type WalkAnswer } from './walk-request';

/** What the reviewed list says that a route asks for; the running program does not say it. */
export type ExpectedScopes = Readonly<Record<string, RouteDemand>>;

/**
 * Asks each route as each caller, of resources that nobody has: 401 for whoever is not known, 403 without the right that the list names,
 * and neither with it.
 */
export async function walkRoles(
  bench: ApiBench,
  routes: readonly ServedRoute[],
  callers: readonly WalkCaller[],
  expected: ExpectedScopes,
): Promise<{ asked: number; findings: Finding[] }> {
  const findings: Finding[] = [];
  // One route after the other: all its callers at once are as many as the product's few connections bear on a busy machine.
  for (const route of routes) findings.push(...(await walkRoute(bench, route, callers, expected[route.key])));
  return { asked: routes.length * callers.length, findings };
}

async function walkRoute(
  bench: ApiBench,
  route: ServedRoute,
  callers: readonly WalkCaller[],
  scope: RouteDemand | undefined,
): Promise<Finding[]> {
  const answers = await Promise.all(callers.map((caller) => ask(bench, route, nowhere(route.path), { key: caller.key })));
  return answers.flatMap((answer, at) => {
    const caller = callers[at]!;
    const wanted = expectation(scope, caller);
    const got = `${answer.status} ${answer.code ?? ''}`;
    return wanted.allows(answer) ? [] : [{ route: route.key, caller: caller.name, expected: wanted.words, got }];
  });
}

/** The path with ids that nobody has. */
export function nowhere(path: string): string {
  return path.replace(/:(\w+)/g, (_all, name: string) => (name === 'number' ? '1' : '019ab1c2-0000-7000-8000-00000000ffff'));
}

function expectation(demand: RouteDemand | undefined, { scopes }: WalkCaller): { words: string; allows: (answer: WalkAnswer) => boolean } {
  if (demand === undefined) return { words: 'a place in docs/security/routes.json (npm run roles)', allows: () => false };
  if (scopes === null) return { words: '401', allows: ({ status, code }) => status === 401 && code === 'unauthenticated' };
  // No caller of the walk has a session: a right alone opens none of its routes.
  const scope = Scope.safeParse(demand).data;
  if (scope === undefined || !scopes.has(scope))
    return { words: '403', allows: ({ status, code }) => status === 403 && code === 'forbidden' };
  return { words: 'neither 401 nor 403', allows: ({ status }) => status !== 401 && status !== 403 };
}
