import { setTimeout as delay } from 'node:timers/promises';

const PAUSE_MS = 250;
const REQUEST_TIMEOUT_MS = 20_000;
const PATIENCE_MS = 180_000;

/** Asks the api again and again while it is dead or says that it cannot just now; a caller of a product that is being killed. */
export class InsistentCaller {
  /** Requests that were answered. */
  answered = 0;

  constructor(
    private readonly url: string,
    private readonly signal: AbortSignal,
  ) {}

  /** The first answer that is no fault of the moment. The request is made anew each time: a form's body is used up by being sent. */
  async ask(path: string, init: () => RequestInit = () => ({})): Promise<{ status: number; text: string }> {
    const deadline = Date.now() + PATIENCE_MS;
    for (;;) {
      this.signal.throwIfAborted();
      const answer = await this.try(path, init());
      if (answer !== null) return answer;
      if (Date.now() > deadline)
        throw new Error(`${init().method ?? 'GET'} ${path.split('?', 1).join('')}: no answer within ${PATIENCE_MS} ms`);
      await delay(PAUSE_MS);
    }
  }

  private async try(path: string, init: RequestInit): Promise<{ status: number; text: string } | null> {
    try {
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]);
      const response = await fetch(`${this.url}${path}`, { ...init, signal, redirect: 'manual' });
      const text = await response.text();
      if (response.status === 503 || response.status === 502 || response.status === 429) return null;
      this.answered += 1;
      return { status: response.status, text };
    } catch {
      return null;
    }
  }
}
