import type { StoreTry } from './store/store-campaign';
import type { WallMutation } from './store/wall-mutations';
import { type Finding, told } from './walk/finding';
import type { GuardMutation } from './walk/guard-mutations';
import type { ServedRoute } from './walk/served-route';

/** Questions asked, and those answered otherwise than they must be. */
export interface Walked {
  asked: number;
  findings: readonly Finding[];
}

/** What a run of the walk and of the campaigns came to. */
export interface SecurityReport {
  routes: readonly ServedRoute[];
  callers: number;
  filled: number;
  roles: Walked;
  tenants: Walked;
  firstWall: Walked;
  own: Walked;
  guards: readonly GuardMutation[];
  store: {
    tables: readonly string[];
    tries: readonly StoreTry[];
    own: ReadonlyMap<string, number | string>;
    walls: readonly WallMutation[];
  };
}

/** Everything that is not as it must be, one line each; none when all holds. */
export function problemsOf({ routes, roles, tenants, firstWall, own, guards, store }: SecurityReport): string[] {
  return [
    ...routes
      .filter(({ kind }) => kind === 'unclassified')
      .map(({ key }) => `${key} is served, and neither names a scope nor is known to be public`),
    ...[...roles.findings, ...tenants.findings, ...own.findings].map(told),
    ...firstWall.findings.map((finding) => `without row security: ${told(finding)}`),
    ...guards.filter(({ isSeen }) => !isSeen).map(({ route, change }) => `the walk does not see ${route} with its guard broken: ${change}`),
    ...store.tries
      .filter(({ isHeld }) => !isHeld)
      .map(({ table, role, setting, act, outcome }) => `${role} could ${act} ${table} with tenant ${setting}: ${outcome}`),
    ...store.tables
      .filter(
        (table) =>
          ![...store.own].some(([key, rows]) => key.endsWith(` ${table}`) && typeof rows === 'number' && rows > 0) &&
          isGranted(store, table),
      )
      .map((table) => `${table}: no role reaches its own tenant's row, so that a stranger reaches none shows nothing`),
    ...store.walls
      .filter(({ isSeen }) => !isSeen)
      .map(({ table, change }) => `the campaign does not see ${table} with its wall down: ${change}`),
  ];
}

function isGranted({ own }: SecurityReport['store'], table: string): boolean {
  return [...own].some(([key, rows]) => key.endsWith(` ${table}`) && rows !== '42501');
}

/** The report as Markdown, for the terminal and for a file. */
export function renderReport(report: SecurityReport): string {
  const { routes, callers, filled, roles, tenants, firstWall, own, guards, store } = report;
  const of = (kind: ServedRoute['kind']): number => routes.filter((route) => route.kind === kind).length;
  const problems = problemsOf(report);
  const rows: [string, string, string][] = [
    [
      'routes served',
      `${of('scope')} with a scope, ${of('session')} for one's own session, ${of('dialect')} with a credential of their own, ${of('public')} public`,
      `${of('unclassified')} unclassified`,
    ],
    ['routes × callers', `${of('scope') + of('session')} × ${callers} = ${roles.asked} requests`, `${roles.findings.length} wrong`],
    ['broken guards', `${guards.length} mutations`, `${guards.filter(({ isSeen }) => isSeen).length} seen`],
    ['another tenant, both walls', `${filled} routes with ids, ${tenants.asked} requests`, `${tenants.findings.length} wrong`],
    ['another tenant, without row security', `${firstWall.asked} requests`, `${firstWall.findings.length} wrong`],
    ['the own tenant', `${own.asked} requests`, `${own.findings.length} wrong`],
    [
      'tries on tables',
      `${store.tables.length} tables, ${store.tries.length} tries of two roles`,
      `${store.tries.filter(({ isHeld }) => !isHeld).length} reached a row`,
    ],
    ['broken walls', `${store.walls.length} mutations`, `${store.walls.filter(({ isSeen }) => isSeen).length} seen`],
  ];
  const table = ['| what | how much | result |', '| --- | --- | --- |', ...rows.map((cells) => `| ${cells.join(' | ')} |`)];
  return [...table, '', ...(problems.length === 0 ? ['Nothing wrong.'] : problems.map((line) => `- ${line}`)), ''].join('\n');
}
