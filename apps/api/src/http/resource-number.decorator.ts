import { ProblemError } from '@app/contracts';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

const Params = z.object({ number: z.string().regex(/^[1-9]\d{0,8}$/) });

/** The `:number` of the path, counted from 1. What cannot be a number is as little found as one that nothing has. */
export const ResourceNumber = createParamDecorator((_data: unknown, context: ExecutionContext): number => {
  const params = Params.safeParse(context.switchToHttp().getRequest<FastifyRequest>().params);
  if (!params.success) throw new ProblemError('not-found');
  return Number(params.data.number);
});
