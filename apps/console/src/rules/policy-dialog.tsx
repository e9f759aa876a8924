import { ProviderId, type PolicyDryRun, type VerificationPolicyView } from '@app/contracts';
import { Alert, Button, Input, Modal, Segmented, Select } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import page from '../app/page.module.css';
import { StepForm } from '../app/step-form';
import { DryRunReport } from '../approvals/dry-run-report';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { changedNames, changeOf, formOf, trialOf, type PolicyForm } from './policy-form';

interface Props {
  policy: VerificationPolicyView;
  onClose: () => void;
  onOutdated: () => void;
}

/** Proposes other rules. What is not touched is not part of the proposal. */
export function PolicyDialog({ policy, onClose, onOutdated }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const noteProposed = useProposedNote();
  const [form, setForm] = useState<PolicyForm>(() => formOf(policy));
  const change = changeOf(form, policy);
  const trial = trialOf(form, policy);
  const names = changedNames(form, policy);
  const [tried, setTried] = useState<PolicyDryRun | null>(null);
  const set = (changes: Partial<PolicyForm>): void => {
    setForm({ ...form, ...changes });
    step.forget();
    // What was tried is no longer what the form says.
    if (!('reason' in changes)) setTried(null);
  };

  const tryOut = async (): Promise<void> => {
    if (!trial || step.isSending) return;
    const run = await step.send(() => api.tryPolicy(trial));
    if (run) setTried(run.value);
  };

  const propose = async (): Promise<void> => {
    if (!change || step.isSending) return;
    if (!(await step.send(() => api.proposePolicy(change)))) return;
    noteProposed();
    onClose();
  };
  const number = (name: 'dailyQuota' | 'monthlyBudgetYuan' | 'settlementLimitYuan') => (
    <label>
      <span>{t(`rules.${name}`)}</span>
      <Input
        name={name}
        value={form[name]}
        inputMode={name === 'dailyQuota' ? 'numeric' : 'decimal'}
        placeholder={t(name === 'settlementLimitYuan' ? 'rules.limitDefault' : 'rules.unlimited')}
        disabled={step.isSending}
        autoComplete="off"
        maxLength={15}
        onChange={({ target }) => set({ [name]: target.value })}
      />
    </label>
  );
  return (
    <Modal
      open
      title={t('rules.change')}
      width={680}
      okText={t('rules.propose')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: change === null }}
      confirmLoading={step.isSending}
      onOk={() => void propose()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('rules.fourEyes')} />
        <label>
          <span>{t('rules.provider')}</span>
          <Select<PolicyForm['provider']>
            value={form.provider}
            disabled={step.isSending}
            onChange={(provider) => set({ provider })}
            options={[
              { value: '', label: t('rules.providerDefault') },
              ...ProviderId.options.map((value) => ({ value, label: t(`provider.${value}`) })),
            ]}
          />
        </label>
        <div>
          <span>{t('rules.failover')}</span>
          <Segmented<PolicyForm['failover']>
            aria-label={t('rules.failover')}
            value={form.failover}
            disabled={step.isSending}
            onChange={(failover) => set({ failover })}
            options={(['off', 'on', 'wide'] as const).map((value) => ({ value, label: t(`rules.failover.${value}`) }))}
          />
        </div>
        {number('dailyQuota')}
        {number('monthlyBudgetYuan')}
        <div>
          <span>{t('rules.onImplausible')}</span>
          <Segmented<PolicyForm['onImplausible']>
            aria-label={t('rules.onImplausible')}
            value={form.onImplausible}
            disabled={step.isSending}
            onChange={(onImplausible) => set({ onImplausible })}
            options={(['warn', 'refuse'] as const).map((value) => ({ value, label: t(`rules.onImplausible.${value}`) }))}
          />
        </div>
        {number('settlementLimitYuan')}
        <label>
          <span>{t('rules.reason')}</span>
          <Input
            name="policy-reason"
            value={form.reason}
            maxLength={500}
            autoComplete="off"
            onChange={({ target }) => set({ reason: target.value })}
          />
        </label>
        <p data-changes={names.length} className={page.intro}>
          {names.length === 0 ? t('rules.nothingChanges') : t('rules.changes', { count: names.length })}
        </p>
        <div>
          <Button data-action="try-policy" disabled={!trial} loading={step.isSending} onClick={() => void tryOut()}>
            {t('rules.tryOut')}
          </Button>
        </div>
        {tried && <DryRunReport run={tried} />}
        {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      </StepForm>
    </Modal>
  );
}
