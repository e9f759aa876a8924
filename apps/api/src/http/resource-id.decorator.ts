import { ProblemError } from '@app/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const Params = z.object({ id: z.uuid() });

/** The `:id` of the path. What cannot be an id is as little found as an id that nobody has. */
export const ResourceId = createParamDecorator((_data: unknown, context: ExecutionContext): string => {
  const params = Params.safeParse(context.switchToHttp().getRequest<FastifyRequest>().params);
  if (!params.success) throw new ProblemError('not-found');
  return params.data.id;
});
