import type { AuditResult } from '@app/contracts';

/** Which entries: within a time window, whose length the caller has bounded. `from` is the first moment, `to` the one behind the last. */
export interface AuditQuestion {
  from: string;
  to: string;
  action?: string | undefined;
  actorId?: string | undefined;
  targetType?: string | undefined;
  targetId?: string | undefined;
  requestId?: string | undefined;
  result?: AuditResult | undefined;
}

const EXACT = {
  action: 'action',
  actorId: 'actor_id',
  targetType: 'target_type',
  targetId: 'target_id',
  requestId: 'request_id',
  result: 'outcome',
} as const satisfies Partial<Record<keyof AuditQuestion, string>>;

/** The condition of a question on `audit_entry`, and its values. The tenant is the first. */
export function conditionOf(tenantId: string, question: AuditQuestion): { condition: string; values: string[] } {
  const values = [tenantId, question.from, question.to];
  const exact = Object.entries(EXACT).flatMap(([name, column]) => {
    const value = question[name as keyof typeof EXACT];
    return value === undefined ? [] : [`${column} = $${values.push(value)}`];
  });
  return { condition: ['tenant_id = $1', 'recorded_at >= $2', 'recorded_at < $3', ...exact].join(' and '), values };
}

/** The names of what a question filters by: for the audit, which keeps no values of its own questions. */
export function filtersOf(question: AuditQuestion): string {
  return Object.keys(EXACT)
    .filter((name) => question[name as keyof typeof EXACT] !== undefined)
    .sort()
    .join(',');
}
