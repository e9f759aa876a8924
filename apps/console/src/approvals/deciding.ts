import type { ApprovalView, SessionView } from '@app/contracts';

/** What a person can do with a proposal. */
export type Standing = 'decide' | 'withdraw' | 'look';

/**
 * Nobody decides what they proposed; deciding wants the scope for it and those of the act. That a key proposed which one handled only the API
 * knows: it says so then.
 */
export function standingOf(
  { state, proposedBy, decidedWith }: Pick<ApprovalView, 'state' | 'proposedBy' | 'decidedWith'>,
  person: Pick<SessionView, 'scopes' | 'user'>,
): Standing {
  if (state !== 'open') return 'look';
  if (proposedBy.type === 'user' && proposedBy.id === person.user.id) return 'withdraw';
  const held = new Set(person.scopes);
  return ['approval.decide', ...decidedWith].every((scope) => held.has(scope)) ? 'decide' : 'look';
}

/** How many of these wait for this very person. */
export function waitingFor(proposals: readonly ApprovalView[], person: Pick<SessionView, 'scopes' | 'user'>): number {
  return proposals.filter((proposal) => standingOf(proposal, person) === 'decide').length;
}
