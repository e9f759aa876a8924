import type { Scope } from '@app/tenancy';
import type { Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type DeclaredRoute, routesOf } from '../../../apps/api/src/auth/routes-of';

/** A method and path as the HTTP server has them, whoever put them there. */
export interface RouterEntry {
  method: string;
  path: string;
}

/**
 * How a route is guarded: `scope` by a right; `session` by a session of one's own, which no role gives; `dialect` by a credential of its own, for systems that speak a provider's dialect;
 * `public` by nothing, since it shows nothing of a tenant. `unclassified` is a hole.
 */
export interface ServedRoute extends RouterEntry {
  key: string;
  kind: 'scope' | 'session' | 'dialect' | 'public' | 'unclassified';
  scope: Scope | undefined;
  declared: DeclaredRoute | undefined;
}

// The documentation of the API, which the framework serves beside the controllers: files that are the same for everybody.
const DOCUMENTATION = /^\/(docs|openapi\.json)(\/|$)/;

/** Every route of a running api, from the server's own table, with what its controller declares of it. */
export function servedRoutes(app: NestFastifyApplication, entries: readonly RouterEntry[]): ServedRoute[] {
  const declared = new Map<string, DeclaredRoute>();
  for (const route of controllersOf(app).flatMap(routesOf)) for (const path of route.paths) declared.set(`${route.method} ${path}`, route);
  return entries
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .map(({ method, path }) => classified({ method, path: path.replace(/(.)\/$/, '$1') }, declared))
    .filter((route, at, all) => all.findIndex(({ key }) => key === route.key) === at)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function classified({ method, path }: RouterEntry, all: ReadonlyMap<string, DeclaredRoute>): ServedRoute {
  const key = `${method} ${path}`;
  const declared = all.get(key);
  return { method, path, key, kind: kindOf(path, declared), scope: declared?.scope, declared };
}

function kindOf(path: string, declared: DeclaredRoute | undefined): ServedRoute['kind'] {
  if (declared === undefined) return DOCUMENTATION.test(path) ? 'public' : 'unclassified';
  if (declared.session !== undefined) return 'session';
  if (!declared.isPublic) return declared.scope === undefined ? 'unclassified' : 'scope';
  return declared.guards.length > 0 ? 'dialect' : 'public';
}

function controllersOf(app: NestFastifyApplication): Type[] {
  const modules = [...app.get(ModulesContainer, { strict: false }).values()];
  return [
    ...new Set(
      modules.flatMap(({ controllers }) => [...controllers.values()].flatMap(({ metatype }) => (metatype ? [metatype as Type] : []))),
    ),
  ];
}
