import type { EgressReply, ProviderFace, ProviderId } from '@app/contracts';
import { outcomePolicy, type ProviderAlert, type ProviderDialects } from '@app/providers';
import type { AttemptEnd } from '../attempt.entity';
import type { RefusedByEgress } from './egress-client';

/** What an operator must hear of an attempt: oddities of the provider's reply, calls that egress refuses for good, and replies that nobody can open. */
export type AttemptAlert = ProviderAlert | 'attemptConflict' | 'invalidCall' | 'replyKeyDestroyed';

/** The provider's reply as it came off the wire, to be kept sealed: it may hold what is shown to nobody. */
export interface RawReply {
  httpStatus: number;
  contentType: string;
  body: Buffer;
}

/** What one finished attempt means for its verification and for the bill's count of the day. */
export interface AttemptResult {
  end: AttemptEnd;
  face: ProviderFace | null;
  /** `keep` the place among the bill's five of the day, `giveBack` it, or `fill` all five because the provider's own count is full. */
  place: 'keep' | 'giveBack' | 'fill';
  /** Null where no reply came. */
  raw: RawReply | null;
  alerts: readonly AttemptAlert[];
}

/** A reply that ends an attempt; `inFlight` and `throttled` do not. */
export type FinalReply = Exclude<EgressReply, { state: 'inFlight' | 'throttled' }>;

/** Draws the canonical result from what egress tells of an attempt. */
export function resultOf(dialects: ProviderDialects, provider: ProviderId, reply: FinalReply): AttemptResult {
  switch (reply.state) {
    case 'answered':
      return decoded(dialects, provider, reply);
    case 'notSent':
      return notSent(reply.reason);
    case 'unknown':
      // The request left and the answer is lost: it may have been looked up and charged.
      return { ...WITHOUT_REPLY, end: transportEnd('unknown', 'NETWORK_TIMEOUT', 'unknown'), place: 'keep' };
  }
}

/** Draws the result from a refusal that no repetition can change. */
export function resultOfRefusal(refused: RefusedByEgress): AttemptResult {
  return refused === 'attempt-conflict'
    ? // The id stands in the journal for another call: what became of ours is not known.
      { ...WITHOUT_REPLY, end: transportEnd('unknown', 'NETWORK_TIMEOUT', 'unknown'), place: 'keep', alerts: ['attemptConflict'] }
    : { ...WITHOUT_REPLY, end: transportEnd('notSent', 'TYPE_ERROR', 'notCharged'), place: 'giveBack', alerts: ['invalidCall'] };
}

/**
 * The end of an attempt whose reply nobody can open any more: the key of egress's copy lay under a data key that was destroyed. Egress may
 * have called, so the charge is as unknown as the answer.
 */
export function resultOfDestroyedKey(): AttemptResult {
  return { ...WITHOUT_REPLY, end: transportEnd('unknown', 'NETWORK_TIMEOUT', 'unknown'), place: 'keep', alerts: ['replyKeyDestroyed'] };
}

const WITHOUT_REPLY = { face: null, raw: null, alerts: [] } as const;

type AnsweredReply = Extract<FinalReply, { state: 'answered' }>;

function decoded(dialects: ProviderDialects, provider: ProviderId, { httpStatus, contentType, bodyBase64 }: AnsweredReply): AttemptResult {
  const raw = { httpStatus, contentType, body: Buffer.from(bodyBase64, 'base64') };
  const { outcome, charge, providerCode, providerMessage, providerTaskNumber, face, alerts } = dialects.of(provider).decodeReply(raw);
  const policy = outcomePolicy(outcome);
  const uncounted = policy.countsTowardDailyLimit ? 'keep' : 'giveBack';
  return {
    end: { state: 'answered', outcome, charge, providerCode, providerMessage, providerTaskNumber },
    face,
    place: policy.fillsDailyLimit ? 'fill' : uncounted,
    raw,
    alerts,
  };
}

function notSent(reason: Extract<FinalReply, { state: 'notSent' }>['reason']): AttemptResult {
  // Trying again cannot give the gateway credentials that it does not have.
  const outcome = reason === 'notConfigured' ? 'ACCOUNT' : 'NETWORK_TIMEOUT';
  return { ...WITHOUT_REPLY, end: transportEnd('notSent', outcome, 'notCharged'), place: 'giveBack' };
}

/** The end of an attempt of which no word of the provider exists. */
export function transportEnd(state: AttemptEnd['state'], outcome: AttemptEnd['outcome'], charge: AttemptEnd['charge']): AttemptEnd {
  return { state, outcome, charge, providerCode: null, providerMessage: null, providerTaskNumber: null };
}
