import type { FastifyInstance, FastifyRequest } from 'fastify';
import { dropInDialectOf } from './drop-in-path';

/** Hands urlencoded bodies on unread where a provider's dialect is spoken; everywhere else they stay refused. */
export function acceptForms(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/x-www-form-urlencoded', (request: FastifyRequest, payload, done) => {
    if (dropInDialectOf(request.url) === null) done(new UnsupportedFormError(), undefined);
    else done(null, payload);
  });
}

/** Fastify's own refusal of a content type, by its code. */
class UnsupportedFormError extends Error {
  readonly code = 'FST_ERR_CTP_INVALID_MEDIA_TYPE';
  readonly statusCode = 415;
}
