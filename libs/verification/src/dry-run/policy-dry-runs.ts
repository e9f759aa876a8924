import { AuditLog } from '@app/audit';
import { type PolicyDryRun, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { formatYuan, HAO_PER_FEN } from '../charges/yuan';
import { settlementLimit } from '../charges/settlement/settlement-limit';
import { PolicyStore } from '../policy/policy.store';
import type { PolicyTerms, StandingPolicy } from '../policy/verification-policy.entity';
import { VERIFICATION_RULES_VERSION } from '../rules/verification-rules-changes';
import { changedDecisions } from './changed-decisions';
import { decideAgain } from './decide-again';
import type { Installation } from './installation';
import { PastRequests } from './past-requests.store';
import { decisionKey, recordedDecision } from './recorded-decision';
import { secondPersons } from './second-persons';

/** What a dry run looks at, at most. */
export const DRY_RUN_BOUNDS = { requests: 2_000, days: 30 } as const;
const DAY_MS = 86_400_000;

/** Says what other rules would have decided of what was asked lately. Calls nobody, changes nothing. */
export class PolicyDryRuns {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly policies: PolicyStore,
    private readonly past: PastRequests,
    private readonly audit: AuditLog,
    private readonly installation: Installation,
  ) {}

  /**
   * A run that nobody proposed yet; that it was made is on record.
   * @throws ProblemError `approval-outdated` where the rules are no longer of that version
   */
  async run(tenant: TenantContext, baseVersion: number, termsOf: (standing: PolicyTerms) => PolicyTerms): Promise<PolicyDryRun> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const standing = await this.policies.stored(tx);
      if (standing.version !== baseVersion) throw new ProblemError('approval-outdated');
      const dryRun = await this.compare(tx, standing, termsOf(standing));
      const changed = dryRun.changes.reduce((sum, { count }) => sum + count, 0);
      await this.audit.append(tx, {
        action: 'verificationPolicy.dryRun',
        targetType: 'tenant',
        targetId: tx.tenant.tenantId,
        detail: { baseVersion, requests: dryRun.requests, changed, from: dryRun.from, to: dryRun.to },
      });
      return dryRun;
    });
  }

  /** The same for a proposal, within its transaction. */
  async within(tx: Tx, terms: PolicyTerms): Promise<PolicyDryRun> {
    return this.compare(tx, await this.policies.stored(tx), terms);
  }

  private async compare(tx: Tx, standing: StandingPolicy, terms: PolicyTerms): Promise<PolicyDryRun> {
    const since = new Date(Date.now() - DRY_RUN_BOUNDS.days * DAY_MS);
    const found = await this.past.since(tx, since, DRY_RUN_BOUNDS.requests + 1);
    const requests = found.slice(-DRY_RUN_BOUNDS.requests);
    const [oldest] = requests;
    const { defaultProvider, providerRules } = this.installation;
    const context = {
      ...{ defaultProvider, providerRules, standing },
      prices: await this.past.pricesOf(tx),
      earlier: oldest === undefined ? [] : await this.past.usedBefore(tx, oldest),
    };
    const [before, after] = [decideAgain(requests, standing, context), decideAgain(requests, terms, context)];
    return {
      rulesVersion: VERIFICATION_RULES_VERSION,
      policyVersion: standing.version,
      requests: requests.length,
      isCut: found.length > requests.length,
      from: oldest?.at.toISOString() ?? null,
      to: requests.at(-1)?.at.toISOString() ?? null,
      asRecorded: requests.filter((request, at) => isSame(recordedDecision(request), before.decisions[at])).length,
      changes: changedDecisions(requests, before.decisions, after.decisions),
      calls: { before: before.calls, after: after.calls },
      costYuan: { before: formatYuan(before.hao), after: formatYuan(after.hao) },
      settlements: await this.settlements(tx, since, [standing, terms]),
    };
  }

  private async settlements(tx: Tx, since: Date, [standing, terms]: [PolicyTerms, PolicyTerms]): Promise<PolicyDryRun['settlements']> {
    const { settlementCeilingHao: ceiling } = this.installation;
    if (ceiling === null) return null;
    const settled = await this.past.settledByHandSince(tx, since, DRY_RUN_BOUNDS.requests);
    const by = ({ settlementLimitFen: fen }: PolicyTerms): number =>
      secondPersons(settled, settlementLimit(fen === null ? null : fen * HAO_PER_FEN, ceiling));
    return { count: settled.length, secondPerson: { before: by(standing), after: by(terms) } };
  }
}

function isSame(one: Parameters<typeof decisionKey>[0], other: Parameters<typeof decisionKey>[0] | undefined): boolean {
  return other !== undefined && decisionKey(one) === decisionKey(other);
}
