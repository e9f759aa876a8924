import type { EgressReply, ProviderFace, ProviderId } from '@app/contracts';
import { outcomePolicy, type ProviderDialects } from '@app/providers';
import type { AttemptEnd } from '../attempt.entity';

/** What one finished attempt means for its verification and for the bill's count of the day. */
export interface AttemptResult {
  end: AttemptEnd;
  face: ProviderFace | null;
  /** `keep` the place among the bill's five of the day, `giveBack` it, or `fill` all five because the provider's own count is full. */
  place: 'keep' | 'giveBack' | 'fill';
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
      return { end: transportEnd('unknown', 'NETWORK_TIMEOUT', 'unknown'), face: null, place: 'keep' };
  }
}

function decoded(dialects: ProviderDialects, provider: ProviderId, reply: Extract<FinalReply, { state: 'answered' }>): AttemptResult {
  const { outcome, charge, providerCode, providerMessage, providerTaskNumber, face } = dialects.of(provider).decodeReply({
    httpStatus: reply.httpStatus,
    contentType: reply.contentType,
    body: Buffer.from(reply.bodyBase64, 'base64'),
  });
  const policy = outcomePolicy(outcome);
  const uncounted = policy.countsTowardDailyLimit ? 'keep' : 'giveBack';
  return {
    end: { state: 'answered', outcome, charge, providerCode, providerMessage, providerTaskNumber },
    face,
    place: policy.fillsDailyLimit ? 'fill' : uncounted,
  };
}

function notSent(reason: Extract<FinalReply, { state: 'notSent' }>['reason']): AttemptResult {
  // Trying again cannot give the gateway credentials that it does not have.
  const outcome = reason === 'notConfigured' ? 'ACCOUNT' : 'NETWORK_TIMEOUT';
  return { end: transportEnd('notSent', outcome, 'notCharged'), face: null, place: 'giveBack' };
}

function transportEnd(state: AttemptEnd['state'], outcome: AttemptEnd['outcome'], charge: AttemptEnd['charge']): AttemptEnd {
  return { state, outcome, charge, providerCode: null, providerMessage: null, providerTaskNumber: null };
}
