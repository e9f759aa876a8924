import type { Verdict, VerificationState, VerificationView } from '@app/contracts';

/** Colours of the light, each with its own sign: nobody must tell green from red by colour alone. */
export type Tone = 'green' | 'red' | 'amber' | 'grey' | 'blue';

type Shown = Verdict | Exclude<VerificationState, 'answered'>;

/** The light of a verification: its colour and the name of what it shows. */
export interface Light {
  readonly tone: Tone;
  readonly shown: Shown;
}

const TONES: Record<Shown, Tone> = {
  valid: 'green',
  reversed: 'red',
  mismatch: 'red',
  notFound: 'red',
  reversalNotProvided: 'amber',
  unknown: 'amber',
  none: 'grey',
  queued: 'blue',
  waiting: 'blue',
  refused: 'grey',
  failed: 'grey',
  settled: 'grey',
};

/** The colour of what is shown, also where it is counted. */
export function toneOf(shown: Shown): Tone {
  return TONES[shown];
}

/**
 * Which light to show. A reversed bill is red whatever else is said. Green needs every part of the answer to say so; when the parts
 * disagree the light is `unknown`, for a wrong green light is the one mistake that must not happen here.
 */
export function lightOf(verification: VerificationView): Light {
  const shown = shownOf(verification);
  return { tone: toneOf(shown), shown };
}

function shownOf({ state, verdict, outcome, face }: VerificationView): Shown {
  if (face?.reversed === true || verdict === 'reversed') return 'reversed';
  if (verdict === 'valid') return state === 'answered' && outcome === 'MATCH' && face?.reversed === false ? 'valid' : 'unknown';
  if (state === 'answered') return verdict;
  return verdict === 'none' ? state : verdict;
}

/** The outcome may still change by itself, so the console asks again. */
export function isPending({ state }: VerificationView): boolean {
  return state === 'queued' || state === 'waiting';
}
