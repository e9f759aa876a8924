import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key of `Public`. */
export const IS_PUBLIC = 'isPublic';

/** Says that a route needs no API key. Every other route names a scope. */
export const Public = (): CustomDecorator => SetMetadata(IS_PUBLIC, true);
