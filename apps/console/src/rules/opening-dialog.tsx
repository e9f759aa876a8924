import { ProviderOpening, type ProviderEntryView, type ProviderId } from '@app/contracts';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

interface Props {
  provider: ProviderId;
  /** As it stands; null where there is none. */
  entry: ProviderEntryView | null;
  /** Those that close once it is approved, since it would be the first entry of the register. */
  others: readonly ProviderId[];
  onClose: () => void;
  /** Another entry stands than the one shown. */
  onOutdated: () => void;
}

const LENGTHS = { purpose: 200, contractReference: 100, agreementReference: 100, reason: 500 } as const;
const FIELDS = ['purpose', 'contractReference', 'agreementReference', 'reason'] as const;

/** Proposes to open a provider for the institution, or to change what was agreed with it. */
export function OpeningDialog({ provider, entry, others, onClose, onOutdated }: Props) {
  const { t, list } = useI18n();
  const api = useApi();
  const step = useStep();
  const noteProposed = useProposedNote();
  const [form, setForm] = useState({ purpose: '', contractReference: '', agreementReference: '', ...entry?.terms, reason: '' });
  const opening = ProviderOpening.safeParse({ ...form, provider, version: entry?.version ?? 0 });

  const propose = async (): Promise<void> => {
    if (!opening.success || step.isSending) return;
    if (!(await step.send(() => api.proposeOpening(opening.data)))) return;
    noteProposed();
    onClose();
  };
  return (
    <Modal
      open
      title={t('register.openFor', { name: t(`provider.${provider}`) })}
      okText={t('rules.propose')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !opening.success }}
      confirmLoading={step.isSending}
      onOk={() => void propose()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('register.fourEyes')} />
        {others.length > 0 && (
          <Alert
            type="warning"
            showIcon
            title={t('register.opensOnly', { names: list(others.map((other) => t(`provider.${other}`))) })}
            data-closes={others.join(' ')}
          />
        )}
        {FIELDS.map((name) => (
          <label key={name}>
            <span>{t(`register.form.${name}`)}</span>
            <Input
              name={`opening-${name}`}
              value={form[name]}
              maxLength={LENGTHS[name]}
              autoComplete="off"
              onChange={({ target }) => setForm({ ...form, [name]: target.value })}
            />
          </label>
        ))}
        {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      </StepForm>
    </Modal>
  );
}
