import type { ActKind, ApprovalView } from '@app/contracts';

const SUBJECTS: Partial<Record<ActKind, string>> = { 'tenant.erase': 'tenant', 'subject.erase': 'reference' };

/** The text of the payload that says whom or what the act is about; null where the target says it. */
export function actSubject({ kind, payload }: Pick<ApprovalView, 'kind' | 'payload'>): string | null {
  const name = SUBJECTS[kind];
  const value = name === undefined ? null : payload[name];
  return typeof value === 'string' ? value : null;
}
