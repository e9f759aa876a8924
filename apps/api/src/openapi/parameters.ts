import { PageQuery } from '@app/contracts';
import { LONGEST_WAIT_SECONDS } from '../http/prefer-wait';
import { queryParameters } from './query-parameters';

export const ID = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

export const PREFER = {
  name: 'Prefer',
  in: 'header',
  description: `wait=N holds the request open until the result is there, at most ${LONGEST_WAIT_SECONDS} seconds (RFC 7240)`,
  schema: { type: 'string', examples: ['wait=20'] },
};

/** A key under which a repeat has this effect. */
export const idempotencyKeyFor = (effect: string): object => ({
  name: 'Idempotency-Key',
  in: 'header',
  description: `The same key with the same request ${effect}, for ever`,
  schema: { type: 'string', maxLength: 255 },
});

/** Which of several, counted from 1. */
export const numberOf = (description: string): object => ({
  name: 'number',
  in: 'path',
  required: true,
  description,
  schema: { type: 'integer', minimum: 1 },
});

export const pageParameters = (): object[] => queryParameters(PageQuery);

/** Bytes of a body. */
export const BINARY = { schema: { type: 'string', format: 'binary' } };
