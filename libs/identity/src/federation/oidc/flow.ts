import { randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { keyedHash } from '../../keyed-hash';
import { MINUTE_MS } from '../../identity-parts';

/** Time to sign in at the provider. */
export const FLOW_MS = 10 * MINUTE_MS;
const SECRET_BYTES = 32;
const MAX_COOKIE = 2_000;

/** One sign-in at a provider, from the browser's leaving to its return. Only the browser that left has it, in a cookie. */
export interface Flow {
  sourceId: string;
  secret: string;
  returnTo: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
  /** The session that the browser had when it left: it ends when another one opens. */
  previous: { tenantId: string; userId: string; sessionId: string } | null;
}

const FlowShape = z.strictObject({
  sourceId: z.string(),
  secret: z.string().regex(/^[\w-]{43}$/),
  returnTo: z.string(),
  expiresAt: z.int(),
  previous: z.strictObject({ tenantId: z.uuid(), userId: z.uuid(), sessionId: z.uuid() }).nullable(),
});

/** What of a flow the provider and the check of its answer see. All three follow from the secret, and none tells another. */
export interface FlowChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export function beginFlow(begun: Pick<Flow, 'sourceId' | 'returnTo' | 'previous'>, now: Date): Flow {
  return { ...begun, secret: randomBytes(SECRET_BYTES).toString('base64url'), expiresAt: now.getTime() + FLOW_MS };
}

/** The checks of a flow. They need the installation's key: a stolen cookie alone does not redeem a code. */
export function checksOf({ secret, sourceId }: Flow, hashKey: string): FlowChecks {
  const derived = (what: string): string => keyedHash(hashKey, 'flow', what, sourceId, secret).toString('base64url');
  return { state: derived('state'), nonce: derived('nonce'), codeVerifier: derived('verifier') };
}

/** What a flow is known by once it was used: 32 bytes. */
export function flowHash({ secret }: Flow, hashKey: string): Buffer {
  return keyedHash(hashKey, 'flow', 'used', secret);
}

/** The flow as a cookie's value, with a keyed hash over it. */
export function writeFlow(flow: Flow, hashKey: string): string {
  const body = Buffer.from(JSON.stringify(flow)).toString('base64url');
  return `${body}.${tagOf(body, hashKey).toString('base64url')}`;
}

/** Null for what this installation did not write, for another source and for what has expired. */
export function readFlow(cookie: string | undefined, sourceId: string, hashKey: string, now: Date): Flow | null {
  if (cookie === undefined || cookie.length > MAX_COOKIE) return null;
  const [body = '', tag = ''] = cookie.split('.', 2);
  const given = Buffer.from(tag, 'base64url');
  const expected = tagOf(body, hashKey);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const flow = FlowShape.parse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
  return flow.sourceId === sourceId && flow.expiresAt > now.getTime() ? flow : null;
}

const tagOf = (body: string, hashKey: string): Buffer => keyedHash(hashKey, 'flow', 'cookie', body);
