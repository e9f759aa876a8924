import { VerificationView } from '@app/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import type { Question } from './question';

const PAUSE_MS = 200;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than any restart takes; whoever is not answered by then has found a defect. */
const PATIENCE_MS = 180_000;

/**
 * A caller as the documentation asks for: it gives every question an idempotency key, and says it again under the same key until it hears
 * that it was accepted, whatever dies meanwhile.
 */
export class PatientClient {
  /** Requests that got no answer or a 5xx and were said again. */
  repeats = 0;

  constructor(
    private readonly url: string,
    private readonly keys: readonly string[],
    private readonly signal: AbortSignal,
  ) {}

  /** The id of the accepted verification. */
  async ask({ elements, provider, tenant }: Question, idempotencyKey: string): Promise<string> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': idempotencyKey };
    const init = { method: 'POST', headers, body: JSON.stringify({ elements, provider }) };
    return (await this.insist('/v1/verifications', init, tenant)).id;
  }

  /** The verification as it stands. */
  async look(id: string, tenant: number): Promise<VerificationView> {
    return this.insist(`/v1/verifications/${id}`, {}, tenant);
  }

  private async insist(path: string, init: RequestInit, tenant: number): Promise<VerificationView> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      this.signal.throwIfAborted();
      if (Date.now() > deadline) throw new RefusedError(`${init.method ?? 'GET'} ${path}: no answer within ${PATIENCE_MS} ms`);
      const answer = await this.try(path, init, tenant);
      if (answer !== null) return answer;
      this.repeats += 1;
      await delay(PAUSE_MS);
    }
  }

  /** Null when it must be said again. */
  private async try(path: string, init: RequestInit, tenant: number): Promise<VerificationView | null> {
    try {
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.keys[tenant] ?? ''}` };
      const response = await fetch(`${this.url}${path}`, { ...init, headers, signal });
      const body: unknown = await response.json();
      if (response.ok) return VerificationView.parse(body);
      if (response.status >= 500 || response.status === 429) return null;
      throw new RefusedError(`${init.method ?? 'GET'} ${path}: ${response.status} ${JSON.stringify(body)}`);
    } catch (error) {
      if (error instanceof RefusedError || (error instanceof Error && error.name === 'ZodError')) throw error;
      this.signal.throwIfAborted();
      return null;
    }
  }
}

/** The api refused a request that it should have accepted: a defect, not a fault to wait out. */
class RefusedError extends Error {
  override readonly name = 'RefusedError';
}
