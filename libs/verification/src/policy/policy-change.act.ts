import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, type PolicyDryRun, ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import { z } from 'zod';
import type { PolicyDryRuns } from '../dry-run/policy-dry-runs';
import type { PolicyChanges, PolicyOrder } from './policy-changes';
import { writtenTerms } from './written-terms';

const Fen = z.string().regex(/^\d{1,16}$/);

const PolicyPayload = z.strictObject({
  baseVersion: z.int().min(0),
  provider: ProviderId.nullable(),
  failover: z.enum(['off', 'on', 'wide']),
  dailyQuota: z.int().min(0).nullable(),
  monthlyBudgetFen: Fen.nullable(),
  onImplausible: z.enum(['warn', 'refuse']),
  // Absent in what was proposed before it was a rule.
  settlementLimitFen: Fen.nullable().optional(),
  reason: z.string().nullable(),
});

/** A change of the rules as it is proposed: all of them, and the version they are to follow. */
export type PolicyPayload = z.infer<typeof PolicyPayload>;

/** A change of the rules, as a payload that can be proposed. */
export function policyPayload({ baseVersion, terms, reason }: PolicyOrder): PolicyPayload {
  return { baseVersion, ...writtenTerms(terms), reason };
}

/** Changes the rules of verification once two persons want it. */
export class PolicyChangeAct implements DangerousAct<PolicyPayload> {
  readonly kind = 'verificationPolicy.set' as const;
  readonly payload = PolicyPayload;

  constructor(
    private readonly policies: PolicyChanges,
    /** Null where changes are only decided, and none is proposed. */
    private readonly dryRuns: PolicyDryRuns | null,
  ) {}

  changes(tx: Tx, payload: PolicyPayload): Promise<ActChange[]> {
    return this.policies.differences(tx, orderOf(payload));
  }

  async dryRun(tx: Tx, payload: PolicyPayload): Promise<PolicyDryRun | null> {
    return this.dryRuns?.within(tx, orderOf(payload).terms) ?? null;
  }

  async perform(tx: Tx, payload: PolicyPayload, approved: ApprovedBy): Promise<void> {
    await this.policies.make(tx, orderOf(payload), approved);
  }
}

function orderOf({ baseVersion, monthlyBudgetFen, settlementLimitFen = null, reason, ...terms }: PolicyPayload): PolicyOrder {
  return {
    baseVersion,
    reason,
    terms: { ...terms, monthlyBudgetFen: fenOf(monthlyBudgetFen), settlementLimitFen: fenOf(settlementLimitFen) },
  };
}

function fenOf(written: string | null): bigint | null {
  return written === null ? null : BigInt(written);
}
