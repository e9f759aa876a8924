import type { BillState, Verdict, VerificationState } from '@app/contracts';

/** An answer that says something of the bill; `none` does not. */
export type DefiniteVerdict = Exclude<Verdict, 'none'>;

/** What a bill's state is drawn from. */
export interface BillFacts {
  /** The newest reading of it: every element certain, or not; null when it was only asked about, or no document shows it any more. */
  reading: 'certain' | 'doubtful' | null;
  /** Uploads that show it now. */
  receiptCount: number;
  /** The verdict that stands, see `standingVerdict`. */
  verdict: DefiniteVerdict | null;
  /** State of the newest verification. */
  verification: VerificationState | null;
}

/** Where a bill stands. Only the verdict `valid` is ever a match. */
export function billState({ reading, receiptCount, verdict, verification }: BillFacts): BillState {
  const isOpen = verification === 'queued' || verification === 'waiting';
  switch (verdict) {
    case 'valid':
      return 'match';
    case 'reversalNotProvided':
    case 'reversed':
    case 'mismatch':
    case 'notFound':
      return verdict;
    case 'unknown':
      return isOpen ? 'inProgress' : 'unknown';
    case null:
      return verification === null ? unverified(reading, receiptCount) : undecided(verification);
  }
}

function undecided(verification: VerificationState): BillState {
  switch (verification) {
    case 'queued':
    case 'waiting':
      return 'inProgress';
    // Of a settled one it is known what it cost, and not what it would have said.
    case 'unknown':
    case 'settled':
      return 'unknown';
    case 'refused':
      return 'refused';
    // An answer without a verdict is the provider's no to the question, not to the bill.
    case 'answered':
    case 'failed':
      return 'failed';
  }
}

function unverified(reading: BillFacts['reading'], receiptCount: number): BillState {
  if (receiptCount === 0) return 'corrected';
  return reading === 'doubtful' ? 'review' : 'unverified';
}

/** A verdict, and what it was said of. */
export interface Answered {
  state: VerificationState;
  verdict: Verdict;
  /** Whether the elements asked about are those of the verdict that stands. */
  isSameElements: boolean;
  /** Whether it was said before the verdict that stands. */
  isEarlier: boolean;
}

/**
 * The verdict that stands after one more answer. A reversal is for ever. Else the newest answer stands, but for one that says nothing
 * of the bill (a lost reply, a refusal) and a no to other elements than those that were found true: a typing error unmakes no bill.
 */
export function standingVerdict(standing: DefiniteVerdict | null, answer: Answered): DefiniteVerdict | null {
  const { verdict } = answer;
  if (verdict === 'reversed' || verdict === 'none') return verdict === 'none' ? standing : verdict;
  if (standing === 'reversed') return standing;
  if (standing === null) return verdict;
  if (answer.isEarlier || (verdict === 'unknown' && answer.state !== 'answered')) return standing;
  const isNo = verdict === 'mismatch' || verdict === 'notFound';
  return isFoundTrue(standing) && isNo && !answer.isSameElements ? standing : verdict;
}

/** Whether a provider found the bill's elements true, be it reversed or not. */
export function isFoundTrue(verdict: Verdict | null): boolean {
  return verdict === 'valid' || verdict === 'reversalNotProvided' || verdict === 'reversed';
}
