import { createHash } from 'node:crypto';
import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Answers of the API are data: nothing in them may run, load anything or be framed. Pages say otherwise for themselves. */
export const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HSTS = 'max-age=31536000; includeSubDomains';
/** The page that reads the API document: its styles and the one inline style sheet, its scripts, nothing from elsewhere. */
const DOCS = /^\/docs(?:[/?]|$)/;

/** Sets the security headers of every answer, of refusals and of unknown addresses too. */
export function protectAnswers(fastify: FastifyInstance): void {
  void fastify.register(helmet, {
    global: true,
    contentSecurityPolicy: false,
    hsts: false,
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  fastify.addHook('onSend', (request, reply, payload: unknown, done) => {
    if (request.protocol === 'https') void reply.header('strict-transport-security', HSTS);
    if (request.url.startsWith('/v1/') && !reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (!reply.hasHeader('content-security-policy')) {
      void reply.header('content-security-policy', DOCS.test(request.url) ? docsPolicy(payload) : DATA_POLICY);
    }
    done(null, payload);
  });
}

function docsPolicy(payload: unknown): string {
  const page = typeof payload === 'string' ? payload : '';
  const styles = [...page.matchAll(/<style>([^<]*)<\/style>/g)].map(([, text = '']) => `'sha256-${sha256(text)}'`);
  return [
    ...["default-src 'none'", "script-src 'self'", `style-src ${["'self'", ...styles].join(' ')}`, "img-src 'self' data:"],
    ...["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"],
  ].join('; ');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
