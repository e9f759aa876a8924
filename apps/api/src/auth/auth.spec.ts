import { HealthController } from '@app/observability';
import type { Type } from '@nestjs/common';
import { CONTROLLERS } from '../api.module';
import { ConsoleController } from '../console/console.controller';
import { DROP_IN_CONTROLLERS } from '../drop-in/drop-in.providers';
import { JumdataGuard } from '../drop-in/jumdata/jumdata.guard';
import { NetocrGuard } from '../drop-in/netocr/netocr.guard';
import { apiDocument } from '../openapi/document';
import { routesOf } from './routes-of';

const ALL: readonly Type[] = [...CONTROLLERS, ...DROP_IN_CONTROLLERS, ConsoleController, HealthController];
const ROUTES = ALL.flatMap(routesOf);

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
      paths.map((path) => `${method.toLowerCase()} ${path.replace(/:(\w+)/g, '{$1}')}`),
    );
    expect(documented.sort()).toEqual(served.sort());
  });
});
