import { type ClientRequest, request } from 'node:http';

/** What came back, as bytes on the wire tell it. */
export interface RawReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  text: string;
}

/** A call as a program writes it: its own headers and body, nothing added but what HTTP demands. */
export interface RawCall {
  method?: 'GET' | 'POST' | 'HEAD' | 'PUT';
  headers?: Record<string, string>;
  /** Several pieces are sent one by one; without a Content-Length they go out chunked. */
  body?: string | Buffer | readonly (string | Buffer)[];
  /** Sends the body only once the server has said 100 Continue. */
  waitForContinue?: boolean;
}

/** Makes a call with a connection of its own. */
export function rawCall(url: string, call: RawCall = {}): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const { method = 'POST', headers = {}, body = [], waitForContinue = false } = call;
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string>,
          text: Buffer.concat(chunks).toString('utf8'),
        }),
      );
      response.on('error', reject);
    });
    outgoing.on('error', reject);
    if (waitForContinue) outgoing.once('continue', () => send(outgoing, body));
    else send(outgoing, body);
    if (waitForContinue) outgoing.flushHeaders();
  });
}

function send(outgoing: ClientRequest, body: NonNullable<RawCall['body']>): void {
  const pieces = typeof body === 'string' || Buffer.isBuffer(body) ? [body] : body;
  for (const piece of pieces) outgoing.write(piece);
  outgoing.end();
}
