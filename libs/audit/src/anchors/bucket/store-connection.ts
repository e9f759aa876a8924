import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import { BucketError } from './bucket.error';
import { type BucketCredentials, sha256Hex, signedHeaders, type StoreRequest } from './request-signature';

/** How an object store is reached: over TLS always. */
export interface StoreAccess {
  credentials: BucketCredentials;
  region: string;
  /** Authority in PEM; without it the public ones count. */
  ca?: string | undefined;
  /** How long one request may take in all. */
  deadlineMs?: number;
}

export interface StoreAnswer {
  status: number;
  headers: IncomingHttpHeaders;
}

/** A request and its body. */
export type StoreCall = Omit<StoreRequest, 'bodyHash'> & { body: Buffer };

const DEADLINE_MS = 60_000;

/** Sends signed requests to one object store, each over a connection of its own. Redirects are not followed, bodies of answers not read. */
export class StoreConnection {
  constructor(private readonly access: StoreAccess) {}

  /** @throws BucketError when no answer came */
  async send({ method, url, headers, body }: StoreCall): Promise<StoreAnswer> {
    const { credentials, region, ca, deadlineMs = DEADLINE_MS } = this.access;
    const signed = signedHeaders({ method, url, headers, bodyHash: sha256Hex(body) }, { credentials, region, at: new Date() });
    const length = method === 'PUT' ? { 'content-length': String(body.length) } : {};
    return new Promise((resolve, reject) => {
      const options = {
        method,
        headers: { ...signed, ...length },
        agent: false,
        minVersion: 'TLSv1.2' as const,
        ...(ca !== undefined && { ca }),
      };
      const call = request(url, { ...options, signal: AbortSignal.timeout(deadlineMs) }, (answer) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers });
        answer.destroy();
      });
      call.on('error', (cause: Error & { code?: string }) =>
        reject(
          new BucketError(
            cause.name === 'AbortError' || cause.name === 'TimeoutError' ? 'timeout' : 'unreachable',
            cause.code ?? cause.name,
            { cause },
          ),
        ),
      );
      call.end(body);
    });
  }
}
