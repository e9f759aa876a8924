import type { Scope as ScopeName } from '@app/tenancy';
import { Reflector } from '@nestjs/core';

/** What an API key must be allowed to do to use the route. */
export const Scope = Reflector.createDecorator<ScopeName>();
