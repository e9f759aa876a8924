import type { ActChange, ActKind, PolicyDryRun } from '@app/contracts';
import type { Tx } from '@app/database';
import type { z } from 'zod';

export type { ActKind } from '@app/contracts';

/** Who proposed and who approved; never the same person. */
export interface ApprovedBy {
  approvalId: string;
  proposedBy: string;
  approvedBy: string;
}

/** How an act is done once it is approved: in the approval's own transaction, with what was proposed and nothing else. */
export interface DangerousAct<Payload extends object> {
  kind: ActKind;
  /** Of values that JSON keeps: an amount is a string. */
  payload: z.ZodType<Payload>;
  /**
   * What would change, as things stand; asked for when the act is proposed.
   * @throws ProblemError when the act cannot be done: then it cannot be proposed either
   */
  changes?(tx: Tx, payload: Payload): Promise<ActChange[]>;
  /** What the act would have decided otherwise of late; asked for when it is proposed, and kept with the proposal for whoever decides. */
  dryRun?(tx: Tx, payload: Payload): Promise<PolicyDryRun | null>;
  /** @throws ProblemError when it can no longer be done; the approval then stays open, and nothing has happened */
  perform(tx: Tx, payload: Payload, approved: ApprovedBy): Promise<void>;
}
