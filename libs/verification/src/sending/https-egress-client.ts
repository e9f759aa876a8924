import { EGRESS_CALL_PATH, type EgressCall, EgressReply } from '@app/contracts';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { EgressClient, EgressRefusedError, EgressUnavailableError, REFUSED_BY_EGRESS } from './egress-client';

/** Where the gateway is, and the two sides of the mutual TLS: whom to trust, and who we are. All PEM texts. */
export interface EgressAddress {
  url: string;
  ca: string;
  cert: string;
  key: string;
}

const CONNECT_TIMEOUT_MS = 5_000;
// The gateway gives an upstream call 30 s in all; whoever waits for the gateway must be more patient than that.
const ANSWER_TIMEOUT_MS = 45_000;
// An upstream reply of at most 1 MB travels as base64.
const MAX_REPLY_BYTES = 2 * 1024 * 1024;

const Refusal = z.looseObject({ code: z.enum(REFUSED_BY_EGRESS) });
const STATUS_OF = { 'attempt-conflict': 409, 'invalid-call': 422 } as const;

/** Reaches the gateway by mutual TLS. Redirects are not followed. */
export class HttpsEgressClient extends EgressClient {
  private readonly agent: Agent;
  private readonly endpoint: string;

  constructor(address: EgressAddress) {
    super();
    const { ca, cert, key } = address;
    this.endpoint = new URL(EGRESS_CALL_PATH, address.url).href;
    this.agent = new Agent({
      connect: { ca, cert, key, timeout: CONNECT_TIMEOUT_MS },
      headersTimeout: ANSWER_TIMEOUT_MS,
      bodyTimeout: ANSWER_TIMEOUT_MS,
      maxResponseSize: MAX_REPLY_BYTES,
    });
  }

  async call(call: EgressCall, { signal }: { signal: AbortSignal }): Promise<EgressReply> {
    const { status, text } = await this.post(JSON.stringify(call), signal);
    const answer = parsed(text);
    const refusal = Refusal.safeParse(answer);
    if (refusal.success && status === STATUS_OF[refusal.data.code]) throw new EgressRefusedError(refusal.data.code);
    const reply = EgressReply.safeParse(answer);
    if (!reply.success) throw new EgressUnavailableError(`it answered ${status} without a reply`);
    if (reply.data.attemptId !== call.attemptId) throw new EgressUnavailableError('it answered for another attempt');
    return reply.data;
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private async post(body: string, signal: AbortSignal): Promise<{ status: number; text: string }> {
    try {
      const headers = { 'content-type': 'application/json', accept: 'application/json' };
      const response = await request(this.endpoint, { method: 'POST', headers, body, signal, dispatcher: this.agent });
      return { status: response.statusCode, text: await response.body.text() };
    } catch (error) {
      throw new EgressUnavailableError(codeOf(error), { cause: error });
    }
  }
}

/** The system's or undici's code, such as ECONNREFUSED: enough for an operator, and never a piece of the request. */
function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no answer';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
