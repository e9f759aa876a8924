import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, ProviderId } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { PolicyChanges, type PolicyOrder } from './policy-changes';
import type { PolicyTerms } from './verification-policy.entity';

const PolicyPayload = z.strictObject({
  baseVersion: z.int().min(0),
  provider: ProviderId.nullable(),
  failover: z.enum(['off', 'on', 'wide']),
  dailyQuota: z.int().min(0).nullable(),
  monthlyBudgetFen: z
    .string()
    .regex(/^\d{1,16}$/)
    .nullable(),
  onImplausible: z.enum(['warn', 'refuse']),
  reason: z.string().nullable(),
});

/** A change of the rules as it is proposed: all of them, and the version they are to follow. */
export type PolicyPayload = z.infer<typeof PolicyPayload>;

/** A change of the rules, as a payload that can be proposed. */
export function policyPayload({ baseVersion, terms, reason }: PolicyOrder): PolicyPayload {
  const { provider, failover, dailyQuota, monthlyBudgetFen, onImplausible }: PolicyTerms = terms;
  return { baseVersion, provider, failover, dailyQuota, monthlyBudgetFen: monthlyBudgetFen?.toString() ?? null, onImplausible, reason };
}

/** Changes the rules of verification once two persons want it. */
@Injectable()
export class PolicyChangeAct implements DangerousAct<PolicyPayload> {
  readonly kind = 'verificationPolicy.set' as const;
  readonly payload = PolicyPayload;

  constructor(private readonly policies: PolicyChanges) {}

  changes(tx: Tx, payload: PolicyPayload): Promise<ActChange[]> {
    return this.policies.differences(tx, orderOf(payload));
  }

  async perform(tx: Tx, payload: PolicyPayload, approved: ApprovedBy): Promise<void> {
    await this.policies.make(tx, orderOf(payload), approved);
  }
}

function orderOf({ baseVersion, monthlyBudgetFen, reason, ...terms }: PolicyPayload): PolicyOrder {
  return { baseVersion, reason, terms: { ...terms, monthlyBudgetFen: monthlyBudgetFen === null ? null : BigInt(monthlyBudgetFen) } };
}
