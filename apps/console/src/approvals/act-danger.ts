import type { ActChange, ActKind, ApprovalView } from '@app/contracts';

/** How dangerous an act is. `final`: nobody can undo it. `serious`: it moves money, or lets data out. */
export type Danger = 'plain' | 'serious' | 'final';

const DANGERS: Readonly<Record<ActKind, Danger>> = {
  'verificationPolicy.set': 'plain',
  'charge.settle': 'serious',
  'bill.unbook': 'serious',
  'tenant.erase': 'final',
  'subject.erase': 'final',
  'retention.set': 'serious',
  'key.export': 'final',
  'provider.open': 'serious',
  'consentPolicy.set': 'serious',
  'signInPolicy.set': 'serious',
};

/** The danger of a proposal: a shorter period erases what nobody can bring back. */
export function dangerOf({ kind, changes }: Pick<ApprovalView, 'kind' | 'changes'>): Danger {
  return kind === 'retention.set' && changes.some(isShorter) ? 'final' : DANGERS[kind];
}

function isShorter({ before, after }: ActChange): boolean {
  return after !== null && after !== 'never' && (before === null || before === 'never' || Number(after) < Number(before));
}
