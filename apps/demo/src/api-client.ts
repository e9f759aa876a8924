import { Problem, type ProviderId, ReceiptView, VerificationView } from '@app/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { z } from 'zod';

/** Longest time a sample may take on a slow machine. */
const ANSWER_TIMEOUT_MS = 60_000;
const POLL_MS = 100;
const WAIT = { prefer: 'wait=20' };

/** The api answered with a problem. */
export class ApiProblemError extends Error {
  override readonly name = 'ApiProblemError';
  constructor(readonly problem: Problem) {
    super(`${problem.code}: ${problem.detail}`);
  }
}

interface ApiRequest {
  method?: 'POST';
  body?: string | FormData;
  headers?: Record<string, string>;
}

/** The HTTP API as any client would use it. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  /** Uploads a receipt and waits until it was read. */
  async read(fileName: string, bytes: Buffer): Promise<ReceiptView> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(bytes)]), fileName);
    const receipt = await this.send('/v1/receipts', ReceiptView, { method: 'POST', body: form, headers: WAIT });
    return this.until(receipt, `/v1/receipts/${receipt.id}`, ReceiptView, ({ state }) => state !== 'queued');
  }

  /**
   * Has a receipt's elements verified and waits for the end.
   * @throws ApiProblemError when the api does not send them
   */
  async verify(receiptId: string, provider: ProviderId): Promise<VerificationView> {
    const headers = { ...WAIT, 'content-type': 'application/json' };
    const body = JSON.stringify({ receiptId, provider });
    const verification = await this.send('/v1/verifications', VerificationView, { method: 'POST', body, headers });
    return this.until(verification, `/v1/verifications/${verification.id}`, VerificationView, ({ finishedAt }) => finishedAt !== null);
  }

  private async until<T>(first: T, path: string, schema: z.ZodType<T>, isDone: (view: T) => boolean): Promise<T> {
    const deadline = Date.now() + ANSWER_TIMEOUT_MS;
    for (let view = first; ; view = await this.send(path, schema)) {
      if (isDone(view)) return view;
      if (Date.now() > deadline) throw new Error(`${path} had no result after ${ANSWER_TIMEOUT_MS} ms: ${JSON.stringify(view)}`);
      await delay(POLL_MS);
    }
  }

  private async send<T>(path: string, schema: z.ZodType<T>, request: ApiRequest = {}): Promise<T> {
    const { method, body: sent } = request;
    const headers = { ...request.headers, authorization: `Bearer ${this.key}` };
    const response = await fetch(`${this.baseUrl}${path}`, { method, body: sent, headers });
    const body: unknown = await response.json();
    if (!response.ok) throw new ApiProblemError(Problem.parse(body));
    return schema.parse(body);
  }
}
