import type { BillState, BillView } from '@app/contracts';
import type { Tone } from '../verification/verdict-light';

const TONES: Record<BillState, Tone> = {
  unverified: 'grey',
  review: 'amber',
  inProgress: 'blue',
  match: 'green',
  reversalNotProvided: 'amber',
  mismatch: 'red',
  notFound: 'red',
  reversed: 'red',
  unknown: 'amber',
  refused: 'grey',
  failed: 'grey',
  corrected: 'grey',
};

type Facts = Pick<BillView, 'state' | 'verdict' | 'reversed' | 'isContradicted'>;

/** How a bill is shown. `isSound`: booking it needs no override. */
export interface BillStanding {
  readonly state: BillState;
  readonly tone: Tone;
  readonly isSound: boolean;
}

/**
 * What to show of a bill. Green needs every part to say so: where the state says match and a flag or the verdict does not, it is shown as
 * reversed or unknown, and a match that another document contradicts is amber.
 */
export function standingOf(bill: Facts): BillStanding {
  const state = stateOf(bill);
  const isSound = state === 'match' && !bill.isContradicted;
  return { state, tone: state === 'match' && !isSound ? 'amber' : TONES[state], isSound };
}

/** Bills that are not green may be booked on somebody's word only. */
export function needsOverride(bill: Facts): boolean {
  return !standingOf(bill).isSound;
}

function stateOf({ state, verdict, reversed }: Facts): BillState {
  if (reversed === true) return 'reversed';
  if (state !== 'match') return state;
  return verdict === 'valid' && reversed === false ? 'match' : 'unknown';
}
