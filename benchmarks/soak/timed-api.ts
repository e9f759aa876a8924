import { ReceiptPage, ReceiptView } from '@app/contracts';
import { z } from 'zod';
import type { LatencyLog } from './latency-log';
import type { SoakClock } from './soak-clock';

/** A clerk has given up by then, and a probe long before. */
const ANSWER_TIMEOUT_MS = 30_000;

/** An upload's bytes and its name. */
export interface SoakReceipt {
  fileName: string;
  bytes: Uint8Array<ArrayBuffer>;
}

interface TimedRequest {
  /** Under this name its time is noted; without one only its failure is. */
  route?: string;
  /** The moment it was meant to be sent: being late is part of what the client waits for. */
  dueAt?: number;
}

/** The product's HTTP interface, as its clients use it: every answer is timed, every other answer than the wanted one counted. */
export class TimedApi {
  constructor(
    private readonly urls: { api: string; workerHealth: string },
    private readonly key: string,
    private readonly log: LatencyLog,
    private readonly clock: SoakClock,
  ) {}

  async health(path: 'live' | 'ready', of: 'api' | 'workerHealth', timed: TimedRequest): Promise<void> {
    await this.answered(`${this.urls[of]}/health/${path}`, {}, timed, z.unknown());
  }

  page(query: string, timed: TimedRequest = {}): Promise<ReceiptPage | undefined> {
    return this.answered(`${this.urls.api}/v1/receipts?${query}`, {}, timed, ReceiptPage);
  }

  receipt(id: string, timed: TimedRequest = {}): Promise<ReceiptView | undefined> {
    return this.answered(`${this.urls.api}/v1/receipts/${id}`, {}, timed, ReceiptView);
  }

  /** Resolves when the receipt is accepted, which is before it is read. */
  upload({ fileName, bytes }: SoakReceipt, timed: TimedRequest = {}): Promise<ReceiptView | undefined> {
    const headers = { 'content-type': 'application/octet-stream', 'x-file-name': encodeURIComponent(fileName) };
    return this.answered(`${this.urls.api}/v1/receipts`, { method: 'POST', body: bytes, headers }, timed, ReceiptView);
  }

  /** The body of an answer that says all is well; undefined, and counted, for any other end. */
  private async answered<T>(url: string, init: RequestInit, timed: TimedRequest, schema: z.ZodType<T>): Promise<T | undefined> {
    const { route, dueAt = performance.now() } = timed;
    const name = route ?? `${init.method ?? 'GET'} ${new URL(url).pathname.replace(/[\da-f-]{36}/u, ':id')}`;
    try {
      const headers = new Headers(init.headers);
      headers.set('authorization', `Bearer ${this.key}`);
      const response = await fetch(url, { ...init, headers, signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) });
      const body = await response.text();
      if (route !== undefined) this.log.add({ route, minute: this.clock.minuteOf(dueAt), ms: performance.now() - dueAt });
      if (response.ok) return schema.parse(JSON.parse(body));
      this.log.addError(`${name}: ${response.status}`);
    } catch (error) {
      this.log.addError(`${name}: ${error instanceof Error ? error.name : 'no answer'}`);
    }
    return undefined;
  }
}
