import { request, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { EncodedRequest } from '@app/providers';

/** Largest reply that is kept. The biggest documented reply, with hundreds of item rows, stays far below. */
export const REPLY_LIMIT_BYTES = 1_048_576;

/** Largest head of a reply, interim ones included. */
const HEADER_LIMIT_BYTES = 16_384;

/** How an exchange on an open connection ended. The request may have arrived in every case. */
export type ExchangeEnd =
  | { state: 'answered'; httpStatus: number; contentType: string; body: Buffer; date: string | undefined }
  | { state: 'unknown'; reason: 'timeout' | 'cut' | 'tooLarge' };

/**
 * Sends one request and reads its one reply. Redirects are not followed, no header is added but Host and Connection, and the connection
 * ends with the reply.
 */
export function exchange(socket: Socket, host: string, encoded: EncodedRequest, timeoutMs: number): Promise<ExchangeEnd> {
  return new Promise((resolve) => {
    const settle = (end: ExchangeEnd): void => {
      clearTimeout(timer);
      resolve(end);
      socket.destroy();
    };
    const timer = setTimeout(() => settle({ state: 'unknown', reason: 'timeout' }), timeoutMs);
    const cut = (): void => settle({ state: 'unknown', reason: 'cut' });
    const outgoing = request({
      createConnection: () => socket,
      method: encoded.method,
      path: encoded.path,
      headers: { Host: host, ...encoded.headers },
      setHost: false,
      // Written out, so that options of the environment cannot loosen them.
      maxHeaderSize: HEADER_LIMIT_BYTES,
      insecureHTTPParser: false,
    });
    outgoing.on('error', cut);
    outgoing.on('close', cut);
    outgoing.on('response', (incoming) => collect(incoming, settle));
    outgoing.end(encoded.body);
  });
}

function collect(incoming: IncomingMessage, settle: (end: ExchangeEnd) => void): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    chunks.push(chunk);
    if (bytes > REPLY_LIMIT_BYTES) settle({ state: 'unknown', reason: 'tooLarge' });
  });
  incoming.on('error', () => settle({ state: 'unknown', reason: 'cut' }));
  incoming.on('end', () => {
    const contentType = incoming.headers['content-type'] ?? '';
    const { statusCode = 0, headers } = incoming;
    settle({ state: 'answered', httpStatus: statusCode, contentType, body: Buffer.concat(chunks), date: headers.date });
  });
}
