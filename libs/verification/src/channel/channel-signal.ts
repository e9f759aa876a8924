import { outcomePolicy } from '@app/providers';
import type { AttemptResult } from '../sending/attempt-result';

/** How a call ended, as far as it speaks of its provider. */
export interface CallEnd extends Pick<AttemptResult, 'alerts'> {
  end: Pick<AttemptResult['end'], 'state' | 'outcome'>;
}

/**
 * What the end of a call says of its provider: `refused` our account, `failed`, or `well`. Null says nothing: an account that is not
 * configured here was never asked. A code of which nobody knows what it means, nor what it cost, is no answer: an account that netocr no
 * longer serves tells so by such a code, and each call after it would be one more unknown charge.
 */
export type ChannelSignal = 'refused' | 'failed' | 'well' | null;

export function channelSignal({ end: { state, outcome }, alerts }: CallEnd): ChannelSignal {
  if (outcomePolicy(outcome).opensCircuit) return state === 'answered' ? 'refused' : null;
  if (outcome === 'PROVIDER_ERROR' || outcome === 'NETWORK_TIMEOUT' || alerts.includes('unknownCode')) return 'failed';
  return state === 'answered' ? 'well' : null;
}
