import { HealthController } from '@app/observability';
import { type CustomDecorator, SetMetadata } from '@nestjs/common';

/** Metadata key of `Public`. */
export const IS_PUBLIC = 'isPublic';

/** Says that a route needs no API key. Every other route names a scope. */
export const Public = (): CustomDecorator => SetMetadata(IS_PUBLIC, true);

/** Public controllers of other rooms, which cannot carry this room's decorator. */
export const PUBLIC_CONTROLLERS: ReadonlySet<unknown> = new Set([HealthController]);
