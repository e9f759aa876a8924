import type { Elements, Outcome, ProviderFace, Verdict, VerificationState } from '@app/contracts';
import { compareFace } from '@app/providers';

/** What a verdict is drawn from. */
export interface Told {
  state: VerificationState;
  outcome: Outcome | null;
  elements: Elements;
  face: ProviderFace | null;
  /** What the provider's statement says of a call whose answer was lost. It settles the cost, and is never a verdict. */
  settledOutcome?: Outcome | null;
}

/** The light a person sees. Green needs a MATCH whose face contradicts no element and says explicitly that the bill was not reversed. */
export function verdictOf({ state, outcome, elements, face }: Told): Verdict {
  if (state === 'unknown') return 'unknown';
  if (state !== 'answered') return 'none';
  switch (outcome) {
    case 'MATCH':
      return verdictOfMatch(elements, face);
    case 'MISMATCH':
      return 'mismatch';
    case 'NOT_FOUND':
      return 'notFound';
    default:
      return 'none';
  }
}

function verdictOfMatch(elements: Elements, face: ProviderFace | null): Verdict {
  if (face === null) return 'reversalNotProvided';
  if (face.reversed === true) return 'reversed';
  if (compareFace(elements, face).length > 0) return 'unknown';
  return face.reversed === null ? 'reversalNotProvided' : 'valid';
}
