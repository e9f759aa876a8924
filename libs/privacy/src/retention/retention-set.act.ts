import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type ActChange, RetentionRequest } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { Clock } from './clock';
import { RetentionChanges } from './retention-changes';
import { RetentionRuleStore } from './retention-rule.store';

/** Sets retention rules once two persons want it: a shorter period erases what nobody can bring back. */
@Injectable()
export class RetentionSetAct implements DangerousAct<RetentionRequest> {
  readonly kind = 'retention.set' as const;
  readonly payload = RetentionRequest;

  constructor(private readonly rules: RetentionChanges) {}

  /** The act without a module, for the command line. */
  static forOperator(): RetentionSetAct {
    return new RetentionSetAct(new RetentionChanges(new RetentionRuleStore(), new AuditLog(), new Clock()));
  }

  /** @throws ProblemError `retention-outdated` */
  async changes(tx: Tx, request: RetentionRequest): Promise<ActChange[]> {
    const { standing, next, changed } = await this.rules.compared(tx, request);
    return changed.map((name) => ({ field: name, before: shown(standing.days[name]), after: shown(next[name]) }));
  }

  /** @throws ProblemError `retention-outdated` when other rules were set meanwhile */
  async perform(tx: Tx, request: RetentionRequest, approved: ApprovedBy): Promise<void> {
    await this.rules.make(tx, request, approved);
  }
}

const shown = (days: number | null): string => days?.toString() ?? 'never';
