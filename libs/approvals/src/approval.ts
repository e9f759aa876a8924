import type { ActChange, ActKind, ApprovalState, PolicyDryRun } from '@app/contracts';
import type { Actor } from '@app/database';

/** What is asked for. */
export interface Proposal {
  kind: ActKind;
  payload: object;
  target: { type: string; id: string };
  reason: string | null;
}

/** A proposed act. It never changes but for its one decision. */
export interface Approval extends Proposal {
  id: string;
  payloadHash: string;
  changes: ActChange[];
  /** What a dry run found when it was proposed, with its hash; null for acts that have none. */
  dryRun: { found: PolicyDryRun; hash: string } | null;
  state: Exclude<ApprovalState, 'expired'>;
  proposedBy: Actor;
  /** Ids of the users who stand behind the proposal: who made it, or whoever had a hand in the key that made it. */
  persons: readonly string[];
  proposedAt: Date;
  expiresAt: Date;
  decision: { by: Actor; reason: string | null; at: Date } | null;
}

/** How a proposal stands at an instant. */
export function stateAt({ state, expiresAt }: Approval, at: Date): ApprovalState {
  return state === 'open' && expiresAt <= at ? 'expired' : state;
}
