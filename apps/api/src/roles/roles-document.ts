import { resolve } from 'node:path';
import { ACT_SCOPES } from '@app/approvals';
import { ACT_NAMES, ActKind, type LocalizedText } from '@app/contracts';
import { Role, ROLE_NAMES, Scope, SCOPE_NAMES, SCOPES_OF_ROLE } from '@app/tenancy';
import type { Type } from '@nestjs/common';
import { CONTROLLERS } from '../api.module';
import type { SessionNeed } from '../auth/own-session.decorator';
import { type DeclaredRoute, routesOf } from '../auth/routes-of';

/** Where the matrix of roles and the list of routes stand in the repository. */
export const ROLES_FILE = resolve(__dirname, '../../../../docs/security/roles.md');
export const ROUTES_FILE = resolve(__dirname, '../../../../docs/security/routes.json');

const both = ({ 'zh-CN': zh, en }: LocalizedText): string => `${zh} ${en}`;

/** What a route asks for: a scope, or a session of one's own that has come so far. */
export type RouteDemand = Scope | `own session: ${SessionNeed}`;

/** What every route that is not public asks for, by method and path: what the walk of routes, roles and tenants holds the running api against. */
export function scopesOfRoutes(controllers: readonly Type[] = CONTROLLERS): Record<string, RouteDemand> {
  const entries = controllers
    .flatMap(routesOf)
    .flatMap((route) => route.paths.flatMap((path) => demandsOf(route).map((demand) => [`${route.method} ${path}`, demand] as const)));
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function demandsOf({ scope, session }: DeclaredRoute): RouteDemand[] {
  if (scope !== undefined) return [scope];
  return session === undefined ? [] : [`own session: ${session}`];
}

/** `docs/security/routes.json`. */
export function routesText(): string {
  return `${JSON.stringify(scopesOfRoutes(), null, 2)}\n`;
}

/** `docs/security/roles.md`: who may do what, in Chinese and English. */
export function rolesText(): string {
  return (
    [
      '# 角色与权限 Roles and rights',
      '本页由 `npm run roles` 生成,测试保证其与程序一致。Written by `npm run roles`; a test fails when it is stale.',
      '三个管理员角色(三权分立)互斥,且不与业务角色兼任;其权力互不重叠,均看不到票据。业务角色可以兼任。API 密钥不得兼有两方的权力,也不能复核。' +
        '\n\nThe three administrators are exclusive, hold no business role beside, share no power and see no bill. Business roles may be held together. ' +
        'An API key unites the powers of no two sides, and decides no proposal.',
      '## 角色 × 权限 Roles × scopes',
      table(
        ['权限 scope', ...Role.options.map((role) => `${ROLE_NAMES[role]['zh-CN']}<br>${ROLE_NAMES[role].en}`)],
        Scope.options.map((scope) => [
          `\`${scope}\`<br>${both(SCOPE_NAMES[scope])}`,
          ...Role.options.map((role) => (SCOPES_OF_ROLE[role].includes(scope) ? '●' : '')),
        ]),
      ),
      '## 双人复核 Four eyes',
      '提出者与复核者必须是两名登录用户。Proposed by one, decided by another person who signed in; see [approvals](../operations/approvals.md).',
      table(
        ['操作 act', '提出 proposed with', '复核 decided with'],
        ActKind.options.map((kind) => [
          `\`${kind}\` ${both(ACT_NAMES[kind])}`,
          `\`${ACT_SCOPES[kind].propose}\``,
          `\`approval.decide\` + \`${ACT_SCOPES[kind].decide}\``,
        ]),
      ),
      '## 接口 × 权限 Routes × scopes',
      table(
        ['接口 route', '权限 scope'],
        Object.entries(scopesOfRoutes()).map(([route, scope]) => [`\`${route}\``, `\`${scope}\``]),
      ),
    ].join('\n\n') + '\n'
  );
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
