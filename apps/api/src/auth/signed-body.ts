import { Transform, type TransformCallback } from 'node:stream';
import { ProblemError } from '@app/contracts';
import { parseSignedAuthorization, type SignedAuthorization, startContentHash } from '@app/tenancy';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { hasBody } from './has-body';

/**
 * Compares each body of a signed request with the hash that was signed, while it streams: one that differs ends with an error instead of
 * its end, so that nothing of it is ever taken for whole. That the hash itself was signed is the guard's to see.
 */
export function checkSignedBodies(fastify: FastifyInstance, onMismatch: (request: FastifyRequest) => void): void {
  fastify.addHook('preParsing', (request, _reply, payload, done) => {
    const said = parseSignedAuthorization(request.headers.authorization ?? '');
    if (said === null || !hasBody(request.raw)) {
      done(null, payload);
      return;
    }
    // The parser of forms takes its bytes from the connection, past everything that could hash them.
    if (/^multipart\//i.test(request.headers['content-type'] ?? '')) {
      done(new ProblemError('upload-unsupported-type', { detail: 'A signed upload is the raw document, not a form' }));
      return;
    }
    const checked = new SignedBody(said, () => onMismatch(request));
    // A request that was refused meanwhile has no reader, and an error that nobody hears would end the process. A reader that comes late hears it.
    checked.on('error', () => undefined);
    payload.once('error', (error) => checked.destroy(error));
    payload.once('close', () => {
      if (!payload.readableEnded) checked.destroy(new ProblemError('upload-incomplete'));
    });
    done(null, payload.pipe(checked));
  });
}

class SignedBody extends Transform {
  private readonly hash;
  private readonly expected: string;

  constructor(
    { scheme, contentHash }: SignedAuthorization,
    private readonly onMismatch: () => void,
  ) {
    super();
    this.hash = startContentHash(scheme);
    this.expected = contentHash;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest('hex') === this.expected) {
      done();
      return;
    }
    this.onMismatch();
    done(new ProblemError('unauthenticated'));
  }
}
