import type { Tx } from '@app/database';
import type { z } from 'zod';

/** Acts that one person proposes and another one approves before anything happens. A name is never reused. */
export type ActKind =
  'verificationPolicy.set' | 'charge.settle' | 'bill.unbook' | 'tenant.erase' | 'subject.erase' | 'retention.set' | 'key.export';

/** Who proposed and who approved; never the same person. */
export interface ApprovedBy {
  approvalId: string;
  proposedBy: string;
  approvedBy: string;
}

/** How an act is done once it is approved: in the approval's own transaction, with what was proposed and nothing else. */
export interface DangerousAct<Payload extends object> {
  kind: ActKind;
  payload: z.ZodType<Payload>;
  perform(tx: Tx, payload: Payload, approved: ApprovedBy): Promise<void>;
}
