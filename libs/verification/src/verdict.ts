import type { Elements, Evidence, Outcome, ProviderFace, Verdict, VerificationState } from '@app/contracts';
import { compareFace } from '@app/providers';
import { contradictsParties, evidenceOf } from './face/evidence';
import type { ReadFace } from './face/read-face';

/** What a verdict is drawn from; every `Verification` is one. */
export interface Told {
  state: VerificationState;
  outcome: Outcome | null;
  elements: Elements;
  face: ProviderFace | null;
  /** What the provider's statement says of a call whose answer was lost. It settles the cost, and is never a verdict. */
  settledOutcome?: Outcome | null;
  /** What was read of the receipt; null where no receipt was named. */
  readFace: ReadFace | null;
  /** Verdict and need of review as they were when face or reading were erased; they stay. */
  keptVerdict?: Verdict | null;
  keptReview?: boolean | null;
}

/**
 * The light a person sees. Green needs a MATCH whose face contradicts no element, says explicitly that the bill was not reversed, and names
 * no other payer or payee than was read: with true elements copied onto another bill's paper, everything else would match.
 */
export function verdictOf({ state, outcome, elements, face, readFace, keptVerdict }: Told): Verdict {
  if (keptVerdict) return keptVerdict;
  if (state === 'unknown') return 'unknown';
  if (state !== 'answered') return 'none';
  switch (outcome) {
    case 'MATCH':
      return verdictOfMatch(elements, face, evidenceOf(readFace, face));
    case 'MISMATCH':
      return 'mismatch';
    case 'NOT_FOUND':
      return 'notFound';
    default:
      return 'none';
  }
}

/** Whether a person should look at an answer: its face contradicts an element, or anything that was read of the receipt. */
export function needsReview({ state, outcome, elements, face, readFace, keptReview }: Told): boolean {
  if (keptReview !== undefined && keptReview !== null) return keptReview;
  if (state !== 'answered' || outcome !== 'MATCH' || face === null) return false;
  return compareFace(elements, face).length > 0 || evidenceOf(readFace, face).some(({ agrees }) => !agrees);
}

function verdictOfMatch(elements: Elements, face: ProviderFace | null, evidence: readonly Evidence[]): Verdict {
  if (face === null) return 'reversalNotProvided';
  if (face.reversed === true) return 'reversed';
  if (compareFace(elements, face).length > 0 || contradictsParties(evidence)) return 'unknown';
  return face.reversed === null ? 'reversalNotProvided' : 'valid';
}
