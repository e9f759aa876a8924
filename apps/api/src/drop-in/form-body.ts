import { FormError } from '@app/providers';
import type { FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** Eight fields of at most 256 bytes and their frames need a third of this. */
export const MAX_FORM_BYTES = 16 * 1024;

const FORM_TYPE = /^\s*(multipart\/form-data|application\/x-www-form-urlencoded)\s*(;|$)/i;
const FILE_PART = /content-disposition:[^\r\n]*\bfilename\*?\s*=/i;

/**
 * Collects the body of a form call, at most 16 KiB of it. A longer one is refused as soon as it is longer, as a file where it holds one.
 * @throws FormError
 */
export async function formBody(request: FastifyRequest): Promise<{ body: Buffer; contentType: string }> {
  const contentType = request.headers['content-type'] ?? '';
  if (contentType === '') return { body: Buffer.alloc(0), contentType };
  if (!FORM_TYPE.test(contentType)) throw new FormError('unsupportedType');
  return { body: await collected(request.raw), contentType };
}

async function collected(stream: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const refuse = (reason: FormError['reason']): void => {
      // Not destroyed: the client is still to hear the answer, and whatever it sends meanwhile is thrown away.
      stream.off('data', take);
      stream.pause();
      reject(new FormError(reason));
    };
    const take = (chunk: Buffer): void => {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MAX_FORM_BYTES) refuse(FILE_PART.test(Buffer.concat(chunks).toString('latin1')) ? 'filePart' : 'bodyTooLong');
    };
    stream.on('data', take);
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', () => refuse('malformed'));
    stream.once('close', () => {
      if (!stream.complete) refuse('malformed');
    });
  });
}
