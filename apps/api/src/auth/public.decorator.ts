import { Reflector } from '@nestjs/core';

/** Says that a route needs no API key. Every other route names a scope. */
export const Public = Reflector.createDecorator<void, true>({ transform: () => true });
