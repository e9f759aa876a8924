import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Client } from 'undici';
import type { AllowedTargets } from '../target/allowed-targets';
import { TargetRefusedError } from '../target/target-refused.error';
import type { TargetResolver } from '../target/target-resolver';
import { DeliveryFailedError } from './delivery-failed.error';

/** One POST: where to, and what. */
export interface WebhookPost {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** How a sender behaves. */
export interface SenderOptions {
  /** A try takes no longer, from the resolver to the end of the answer. */
  timeoutMs?: number;
  /** Authorities to trust, in PEM; the system's where there are none. */
  ca?: string[];
}

const TIMEOUT_MS = 10_000;
/** Enough for a receiver to say thanks; what is longer is cut off. Nothing of it is looked at. */
const MAX_ANSWER_BYTES = 1_024;
const MAX_HEADER_BYTES = 16_384;
const TLS_CODE = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE)/;
const TIMEOUT_CODE = /TIMEOUT|ETIMEDOUT/;

/** Posts to receivers that the operator allows. Redirects are not followed, proxies of the environment not used. */
export class WebhookSender {
  private readonly timeoutMs: number;
  private readonly ca: string[] | undefined;

  constructor(
    private readonly allowed: AllowedTargets,
    private readonly resolver: TargetResolver,
    options: SenderOptions = {},
  ) {
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.ca = options.ca;
  }

  /**
   * Gives the receiver's status, whatever it is.
   * @throws DeliveryFailedError when there is none; the signal's reason when that ended the try
   */
  async post(post: WebhookPost, signal: AbortSignal): Promise<number> {
    const timeout = AbortSignal.timeout(this.timeoutMs);
    const either = AbortSignal.any([signal, timeout]);
    try {
      const { url, addresses } = await unlessAborted(either, this.target(post.url));
      return await this.send(url, addresses, post, either);
    } catch (error) {
      // A process that stops hands the job on: the receiver did nothing wrong.
      signal.throwIfAborted();
      throw timeout.aborted ? new DeliveryFailedError('timeout', { cause: error }) : failureOf(error);
    }
  }

  private async target(text: string): Promise<{ url: URL; addresses: LookupAddress[] }> {
    const admitted = this.allowed.admit(text);
    return { url: admitted.url, addresses: await this.resolver.resolve(admitted) };
  }

  /** A connection of its own for each try: it goes to the addresses that were checked just now, under the name that the certificate must bear. */
  private async send(url: URL, addresses: LookupAddress[], { headers, body }: WebhookPost, signal: AbortSignal): Promise<number> {
    const connect = { lookup: given(addresses), timeout: this.timeoutMs, ...(this.ca && { ca: this.ca }) };
    const client = new Client(url.origin, { connect, allowH2: false, maxHeaderSize: MAX_HEADER_BYTES, pipelining: 1 });
    try {
      const response = await client.request({ method: 'POST', path: `${url.pathname}${url.search}`, headers, body, signal });
      // The status is the answer: a body that breaks off or never ends changes nothing about it.
      await response.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => undefined);
      return response.statusCode;
    } finally {
      await client.destroy();
    }
  }
}

/** Answers every lookup with what was resolved and checked before: nothing is resolved a second time. */
function given(addresses: LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all || first === undefined) callback(null, addresses);
    else callback(null, first.address, first.family);
  };
}

function failureOf(error: unknown): DeliveryFailedError {
  if (error instanceof DeliveryFailedError) return error;
  if (error instanceof TargetRefusedError) return new DeliveryFailedError('targetRefused', { cause: error });
  const codes = codesOf(error);
  const has = (pattern: RegExp): boolean => codes.some((code) => pattern.test(code));
  const isDns = typeof error === 'object' && error !== null && 'syscall' in error && String(error.syscall).startsWith('getaddrinfo');
  return new DeliveryFailedError(isDns ? 'dns' : has(TLS_CODE) ? 'tls' : has(TIMEOUT_CODE) ? 'timeout' : 'connect', { cause: error });
}

/** Node puts the errors of several addresses into one. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = 'code' in error ? [String(error.code)] : [];
  return error instanceof AggregateError ? [...own, ...error.errors.flatMap(codesOf)] : own;
}

/** Settles as `work` does, or rejects when the signal fires: a resolver cannot be interrupted. */
async function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  let leave: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(new DeliveryFailedError('timeout'));
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (leave) signal.removeEventListener('abort', leave);
  }
}
