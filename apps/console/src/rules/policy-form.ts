import { PolicyDryRunRequest, VerificationPolicyChange, type ProviderId, type VerificationPolicyView } from '@app/contracts';

/** The rules as they stand in the form. An empty number is no limit. */
export interface PolicyForm {
  /** Empty for the installation's own choice. */
  readonly provider: ProviderId | '';
  readonly failover: VerificationPolicyView['failover'];
  readonly dailyQuota: string;
  readonly monthlyBudgetYuan: string;
  readonly onImplausible: VerificationPolicyView['onImplausible'];
  /** Empty for the installation's limit. */
  readonly settlementLimitYuan: string;
  readonly reason: string;
}

export function formOf(policy: VerificationPolicyView): PolicyForm {
  const { provider, failover, dailyQuota, monthlyBudgetYuan, onImplausible, settlementLimitYuan } = policy;
  return {
    provider,
    failover,
    dailyQuota: dailyQuota === null ? '' : String(dailyQuota),
    monthlyBudgetYuan: monthlyBudgetYuan ?? '',
    onImplausible,
    settlementLimitYuan: settlementLimitYuan ?? '',
    reason: '',
  };
}

/** What the form changes of the rules that stand, by name. */
export function changedNames(form: PolicyForm, policy: VerificationPolicyView): (keyof PolicyForm)[] {
  const standing = formOf(policy);
  return (['provider', 'failover', 'dailyQuota', 'monthlyBudgetYuan', 'onImplausible', 'settlementLimitYuan'] as const).filter(
    (name) => form[name].trim() !== standing[name],
  );
}

/** The change to be proposed: what differs, and nothing else; null while there is none, no reason, or a number that is none. */
export function changeOf(form: PolicyForm, policy: VerificationPolicyView): VerificationPolicyChange | null {
  const change = VerificationPolicyChange.safeParse({ ...differences(form, policy), reason: form.reason });
  return change.success && changedNames(form, policy).length > 0 ? change.data : null;
}

/** The same to be tried, which needs no reason. */
export function trialOf(form: PolicyForm, policy: VerificationPolicyView): PolicyDryRunRequest | null {
  const trial = PolicyDryRunRequest.safeParse(differences(form, policy));
  return trial.success && changedNames(form, policy).length > 0 ? trial.data : null;
}

function differences(form: PolicyForm, policy: VerificationPolicyView): Record<string, unknown> {
  const names: readonly string[] = changedNames(form, policy);
  const values = {
    provider: form.provider === '' ? null : form.provider,
    failover: form.failover,
    dailyQuota: countOf(form.dailyQuota),
    monthlyBudgetYuan: amountOf(form.monthlyBudgetYuan),
    onImplausible: form.onImplausible,
    settlementLimitYuan: amountOf(form.settlementLimitYuan),
  };
  return { version: policy.version, ...Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name))) };
}

function amountOf(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

/** Null for none; what is no whole number stays a text, which the contract takes for no number. */
function countOf(text: string): number | string | null {
  const digits = text.trim();
  if (digits === '') return null;
  return /^\d{1,9}$/.test(digits) ? Number(digits) : digits;
}
