import { HealthController } from '@app/observability';
import { RequestMethod, type Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, Reflector } from '@nestjs/core';
import { CONTROLLERS } from '../api.module';
import { ConsoleController } from '../console/console.controller';
import { DROP_IN_CONTROLLERS } from '../drop-in/drop-in.providers';
import { JumdataGuard } from '../drop-in/jumdata/jumdata.guard';
import { NetocrGuard } from '../drop-in/netocr/netocr.guard';
import { apiDocument } from '../openapi/document';
import { OwnSession, type SessionNeed } from './own-session.decorator';
import { IS_PUBLIC, PUBLIC_CONTROLLERS } from './public.decorator';
import { Scope } from './scope.decorator';

interface Route {
  name: string;
  method: string;
  paths: string[];
  scope: string | undefined;
  /** Where the route is about a person's own session. */
  session: SessionNeed | undefined;
  isPublic: boolean;
  /** Guards of its own, beside the one for API keys. */
  guards: readonly unknown[];
}

const ALL: readonly Type[] = [...CONTROLLERS, ...DROP_IN_CONTROLLERS, ConsoleController, HealthController];
const ROUTES = ALL.flatMap(routesOf);

function routesOf(controller: Type): Route[] {
  const prototype = controller.prototype as Record<string, () => unknown>;
  const prefix = (Reflect.getMetadata(PATH_METADATA, controller) as string | undefined) ?? '';
  const reflector = new Reflector();
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .map((name) => ({ name, handler: prototype[name]! }))
    .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
    .map(({ name, handler }) => ({
      name: `${controller.name}.${name}`,
      method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number]!.toLowerCase(),
      paths: [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]]
        .flat()
        .map((path) => `/${prefix}/${path}`.replace(/\/+/g, '/')),
      scope: reflector.get(Scope, handler),
      session: reflector.get(OwnSession, handler),
      isPublic: reflector.getAllAndOverride<boolean>(IS_PUBLIC, [handler, controller]) || PUBLIC_CONTROLLERS.has(controller),
      guards: (Reflect.getMetadata(GUARDS_METADATA, controller) as unknown[] | undefined) ?? [],
    }));
}

describe('every route', () => {
  it('is known', () => {
    expect(ROUTES.length).toBeGreaterThanOrEqual(11);
  });

  it.each(ROUTES)('$name names a scope, is for one’s own session or is public, and only one of them', ({ scope, session, isPublic }) => {
    expect([scope !== undefined, session !== undefined, isPublic].filter(Boolean)).toEqual([true]);
  });

  it('is public only where nothing of a tenant is shown', () => {
    expect(ROUTES.filter(({ isPublic, guards }) => isPublic && guards.length === 0).map(({ name }) => name)).toEqual([
      'SessionController.open',
      'SignInController.sources',
      'SignInController.begin',
      'SignInController.finish',
      'SignInController.withDirectory',
      'ConsoleController.serve',
      'HealthController.live',
      'HealthController.ready',
      'HealthController.startup',
    ]);
  });

  it('that is not for API keys has the guard of its dialect instead', () => {
    const guarded = ROUTES.filter(({ guards }) => guards.length > 0);
    expect(guarded.map(({ name, guards }) => [name, guards])).toEqual([
      ['NetocrController.verify', [NetocrGuard]],
      ['JumdataController.get', [JumdataGuard]],
      ['JumdataController.post', [JumdataGuard]],
    ]);
  });

  it('stands in the OpenAPI document, which holds no other', () => {
    const documented = Object.entries(apiDocument().paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    const served = ROUTES.filter(({ name }) => !name.startsWith('ConsoleController')).flatMap(({ method, paths }) =>
      paths.map((path) => `${method} ${path.replace(/:(\w+)/g, '{$1}').replace(/(.)\/$/, '$1')}`),
    );
    expect(documented.sort()).toEqual(served.sort());
  });
});
