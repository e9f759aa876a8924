import type { Scope as ScopeName } from '@app/tenancy';
import { RequestMethod, type Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { MetadataScanner, Reflector } from '@nestjs/core';
import { OwnSession, type SessionNeed } from './own-session.decorator';
import { IS_PUBLIC, PUBLIC_CONTROLLERS } from './public.decorator';
import { Scope } from './scope.decorator';

/** A handler as its decorators declare it. */
export interface DeclaredRoute {
  /** `Controller.method`. */
  name: string;
  /** In capitals, such as `GET`. */
  method: string;
  /** As the router knows them, such as `/v1/bills/:id`. */
  paths: string[];
  scope: ScopeName | undefined;
  /** Where the route is about a person's own session. */
  session: SessionNeed | undefined;
  isPublic: boolean;
  /** Guards of its own, beside the one that asks for the scope. */
  guards: readonly unknown[];
  handler: () => unknown;
}

/** The routes that a controller declares. */
export function routesOf(controller: Type): DeclaredRoute[] {
  const prototype = controller.prototype as Record<string, () => unknown>;
  const prefix = (Reflect.getMetadata(PATH_METADATA, controller) as string | undefined) ?? '';
  const reflector = new Reflector();
  return new MetadataScanner()
    .getAllMethodNames(prototype)
    .flatMap((name) => (prototype[name] === undefined ? [] : [{ name, handler: prototype[name] }]))
    .filter(({ handler }) => Reflect.hasMetadata(PATH_METADATA, handler))
    .map(({ name, handler }) => ({
      name: `${controller.name}.${name}`,
      method: RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as number] ?? 'ALL',
      paths: [Reflect.getMetadata(PATH_METADATA, handler) as string | string[]].flat().map((path) => pathOf(prefix, path)),
      scope: reflector.get(Scope, handler),
      session: reflector.getAllAndOverride<SessionNeed | undefined>(OwnSession.KEY, [handler]),
      isPublic:
        reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, [handler, controller]) === true || PUBLIC_CONTROLLERS.has(controller),
      guards: (Reflect.getMetadata(GUARDS_METADATA, controller) as unknown[] | undefined) ?? [],
      handler,
    }));
}

function pathOf(prefix: string, path: string): string {
  return `/${prefix}/${path}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
