import { outcomePolicy } from '@app/providers';
import type { AttemptEnd } from '../attempt.entity';

/**
 * What the end of a call says of its provider: `refused` our account, `failed`, or `well`. Null says nothing: an account that is not
 * configured here was never asked.
 */
export type ChannelSignal = 'refused' | 'failed' | 'well' | null;

export function channelSignal({ state, outcome }: Pick<AttemptEnd, 'state' | 'outcome'>): ChannelSignal {
  if (outcomePolicy(outcome).opensCircuit) return state === 'answered' ? 'refused' : null;
  if (outcome === 'PROVIDER_ERROR' || outcome === 'NETWORK_TIMEOUT') return 'failed';
  return state === 'answered' ? 'well' : null;
}
