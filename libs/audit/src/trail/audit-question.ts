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

/** The place of an entry in the order of the pages. */
export interface AuditPlace {
  recordedAt: string;
  id: string;
}

const EXACT = {
  action: 'action',
  actorId: 'actor_id',
  targetType: 'target_type',
  targetId: 'target_id',
  requestId: 'request_id',
} as const satisfies Partial<Record<keyof AuditQuestion, string>>;

/** Literal, since an index of part of a table serves only a statement that names that part. */
const RESULT = { success: `outcome = 'success'`, failure: `outcome = 'failure'` } as const;

/** The condition of a question on `audit_entry`, behind a place where one is given, and its values. */
export function conditionOf(tenantId: string, question: AuditQuestion, after: AuditPlace | null): { condition: string; values: string[] } {
  const values = [tenantId, question.from];
  const exact = Object.entries(EXACT).flatMap(([name, column]) => {
    const value = question[name as keyof typeof EXACT];
    return value === undefined ? [] : [`${column} = $${values.push(value)}`];
  });
  const result = question.result === undefined ? [] : [RESULT[question.result]];
  const all = ['tenant_id = $1', 'recorded_at >= $2', ...upperBound(question.to, after, values), ...exact, ...result];
  return { condition: all.join(' and '), values };
}

/** Of two upper bounds PostgreSQL may begin at the looser one and walk through all between: the first page has the window's, the others the place's. */
function upperBound(to: string, after: AuditPlace | null, values: string[]): string[] {
  if (after === null || Date.parse(after.recordedAt) >= Date.parse(to)) return [`recorded_at < $${values.push(to)}`];
  const at = `$${values.push(after.recordedAt)}`;
  return [`recorded_at <= ${at}`, `(recorded_at, id) < (${at}, $${values.push(after.id)})`];
}

/** The names of what a question filters by: for the audit, which keeps no values of its own questions. */
export function filtersOf(question: AuditQuestion): string {
  return ([...Object.keys(EXACT), 'result'] as (keyof AuditQuestion)[])
    .filter((name) => question[name] !== undefined)
    .sort()
    .join(',');
}
