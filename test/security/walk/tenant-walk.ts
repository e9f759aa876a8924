import { Scope } from '@app/tenancy';
import type { ApiBench } from '../../support/api-bench';
import { fillPath } from './fill-path';
import type { Finding } from './finding';
import { documentedBody } from './request-bodies';
import type { Resources } from './resources';
import { nowhere } from './role-walk';
import type { ServedRoute } from './served-route';
import { ask, type WalkAnswer } from './walk-request';

/** Routes that name a resource, filled with what the first tenant has. */
export interface FilledRoute {
  route: ServedRoute;
  path: string;
  body: unknown;
}

/** @throws UnfilledPathError for a route whose resource nobody made */
export async function filledRoutes(bench: ApiBench, routes: readonly ServedRoute[], resources: Resources): Promise<FilledRoute[]> {
  const filled: FilledRoute[] = [];
  for (const route of routes.filter(({ path }) => path.includes(':'))) {
    const body = resources.bodies[route.key] ?? documentedBody(route);
    filled.push({ route, path: await fillPath(bench, route.path, resources), body });
  }
  return filled;
}

/**
 * Asks for everything of the first tenant as the second, with every right: it must be answered as if it were nowhere. Lists, and whatever
 * else the second tenant may look at, must hold no id of the first.
 */
export async function walkTenants(
  bench: ApiBench,
  routes: readonly ServedRoute[],
  filled: readonly FilledRoute[],
): Promise<{ asked: number; findings: Finding[] }> {
  const stranger = bench.person(Scope.options, { tenant: 1 });
  const findings: Finding[] = [];
  const add = (route: ServedRoute, expected: string, { status, code }: WalkAnswer): void =>
    void findings.push({ route: route.key, caller: 'another tenant', expected, got: `${status} ${code ?? ''}` });
  for (const { route, path, body } of filled) {
    const foreign = await ask(bench, route, path, { key: stranger, body });
    const nothing = await ask(bench, route, nowhere(route.path), { key: stranger, body });
    if (foreign.status !== 404) add(route, '404', foreign);
    else if (withoutId(foreign.text) !== withoutId(nothing.text)) add(route, 'the same answer as of what nobody has', foreign);
  }
  const looks = routes.filter(({ method, path }) => method === 'GET' && !path.includes(':'));
  const ids = filled.flatMap(({ path }) => path.match(/[0-9a-f]{8}-[0-9a-f-]{27}/g) ?? []);
  for (const route of looks) {
    const answer = await ask(bench, route, route.path, { key: stranger });
    if (ids.some((id) => answer.text.includes(id))) add(route, 'no id of another tenant', answer);
  }
  return { asked: filled.length * 2 + looks.length, findings };
}

/** Asks the same as the tenant whose it is: what is found here and not there is what the walk of the tenants shows. */
export async function walkOwn(bench: ApiBench, filled: readonly FilledRoute[]): Promise<{ asked: number; findings: Finding[] }> {
  const owner = bench.person(Scope.options);
  const findings: Finding[] = [];
  // What removes goes last: the others still need what it removes.
  const inOrder = [...filled].sort((a, b) => Number(a.route.method === 'DELETE') - Number(b.route.method === 'DELETE'));
  for (const { route, path, body } of inOrder) {
    const { status, code } = await ask(bench, route, path, { key: owner, body });
    // A refusal with a reason of its own is of something that was found.
    if (![401, 404].includes(status) && code !== 'forbidden') continue;
    // Withdrawing is for the proposer alone.
    if (code === 'forbidden' && route.key === 'POST /v1/approvals/:id/withdrawal') continue;
    findings.push({ route: route.key, caller: 'its own tenant', expected: 'found', got: `${status} ${code ?? ''}` });
  }
  return { asked: filled.length, findings };
}

/** A problem's id and time differ with every answer. */
function withoutId(text: string): string {
  return text.replace(/"id":"[^"]*"/g, '');
}
