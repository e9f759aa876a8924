import { AuditLog } from '@app/audit';
import type { UnitOfWork } from '@app/database';
import { ApprovalStore } from './approval.store';
import { Approvals } from './approvals.service';
import type { DangerousAct } from './dangerous-act';
import { DangerousActs } from './dangerous-acts';

/** Days that a proposal stays open where nothing else is set. */
export const DEFAULT_APPROVAL_DAYS = 7;

/** `Approvals` without a module, for the command line. */
export function approvalsFor(unitOfWork: UnitOfWork, acts: readonly DangerousAct<object>[], days = DEFAULT_APPROVAL_DAYS): Approvals {
  return new Approvals(unitOfWork, new ApprovalStore(), new DangerousActs(acts), new AuditLog(), { days });
}
