import { ChargePage, type Elements, VerificationView } from '@app/contracts';
import { Agent, request } from 'undici';

/** The product's longest wait is asked for, and a little more is given. */
const WAIT_SECONDS = 20;
const ANSWER_TIMEOUT_MS = 30_000;
const PAGE = 200;

/** One verification as its client sees it: how long it took from the moment it was due, and what came back, if anything did. */
export interface Verified {
  ms: number;
  view: VerificationView | undefined;
  error: string | undefined;
}

/** Asks for verifications and waits for their answers, as a bank's program does. */
export class VerifyingClient {
  private readonly agent: Agent;
  private readonly headers: Record<string, string>;

  constructor(
    private readonly url: string,
    key: string,
    connections: number,
  ) {
    this.agent = new Agent({ connections, pipelining: 1, headersTimeout: ANSWER_TIMEOUT_MS, bodyTimeout: ANSWER_TIMEOUT_MS });
    this.headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', prefer: `wait=${WAIT_SECONDS}` };
  }

  /** `dueAt` is the moment of `performance.now()` at which the request was meant to be sent: being late is part of the wait. */
  async verify(elements: Elements, dueAt: number): Promise<Verified> {
    try {
      const options = { method: 'POST', headers: this.headers, body: JSON.stringify({ elements }), dispatcher: this.agent } as const;
      const { statusCode, body } = await request(`${this.url}/v1/verifications`, options);
      const text = await body.text();
      const ms = performance.now() - dueAt;
      if (statusCode !== 201) return { ms, view: undefined, error: `status ${statusCode}` };
      return { ms, view: JSON.parse(text) as VerificationView, error: undefined };
    } catch (error) {
      return { ms: performance.now() - dueAt, view: undefined, error: error instanceof Error ? error.name : 'no answer' };
    }
  }

  /** Every row of the product's cost ledger. */
  async charges(): Promise<ChargePage['items']> {
    const found: ChargePage['items'] = [];
    for (let before = ''; ;) {
      const { body } = await request(`${this.url}/v1/charges?limit=${PAGE}${before}`, { headers: this.headers, dispatcher: this.agent });
      const page = ChargePage.parse(await body.json());
      found.push(...page.items);
      if (page.next === null) return found;
      before = `&before=${page.next}`;
    }
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}
