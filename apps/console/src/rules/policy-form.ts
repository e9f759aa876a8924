import { VerificationPolicyChange, type ProviderId, type VerificationPolicyView } from '@app/contracts';

/** The rules as they stand in the form. An empty number is no limit. */
export interface PolicyForm {
  /** Empty for the installation's own choice. */
  readonly provider: ProviderId | '';
  readonly failover: VerificationPolicyView['failover'];
  readonly dailyQuota: string;
  readonly monthlyBudgetYuan: string;
  readonly onImplausible: VerificationPolicyView['onImplausible'];
  readonly reason: string;
}

export function formOf(policy: VerificationPolicyView): PolicyForm {
  const { provider, failover, dailyQuota, monthlyBudgetYuan, onImplausible } = policy;
  return {
    provider,
    failover,
    dailyQuota: dailyQuota === null ? '' : String(dailyQuota),
    monthlyBudgetYuan: monthlyBudgetYuan ?? '',
    onImplausible,
    reason: '',
  };
}

/** What the form changes of the rules that stand, by name. */
export function changedNames(form: PolicyForm, policy: VerificationPolicyView): (keyof PolicyForm)[] {
  const standing = formOf(policy);
  return (['provider', 'failover', 'dailyQuota', 'monthlyBudgetYuan', 'onImplausible'] as const).filter(
    (name) => form[name].trim() !== standing[name],
  );
}

/** The change to be proposed: what differs, and nothing else; null while there is none, no reason, or a number that is none. */
export function changeOf(form: PolicyForm, policy: VerificationPolicyView): VerificationPolicyChange | null {
  const names = changedNames(form, policy);
  if (names.length === 0) return null;
  const values = {
    provider: form.provider === '' ? null : form.provider,
    failover: form.failover,
    dailyQuota: countOf(form.dailyQuota),
    monthlyBudgetYuan: form.monthlyBudgetYuan.trim() === '' ? null : form.monthlyBudgetYuan.trim(),
    onImplausible: form.onImplausible,
  };
  const changed = Object.fromEntries(Object.entries(values).filter(([name]) => names.some((one) => one === name)));
  const change = VerificationPolicyChange.safeParse({ version: policy.version, ...changed, reason: form.reason });
  return change.success ? change.data : null;
}

/** Null for none; what is no whole number stays a text, which the contract takes for no number. */
function countOf(text: string): number | string | null {
  const digits = text.trim();
  if (digits === '') return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : digits;
}
