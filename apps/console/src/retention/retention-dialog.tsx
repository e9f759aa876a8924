import { RETENTION_CLASSES, type RetentionView } from '@app/contracts';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { changeOf, formOf, SETTABLE_CLASSES, shortenedClasses, type RetentionForm } from './retention-form';

interface Props {
  retention: RetentionView;
  onClose: () => void;
  onOutdated: () => void;
}

/** Proposes other periods. What is not touched is not part of the proposal. */
export function RetentionDialog({ retention, onClose, onOutdated }: Props) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const noteProposed = useProposedNote();
  const [form, setForm] = useState<RetentionForm>(() => formOf(retention.days));
  const change = changeOf(form, retention);
  const shortened = shortenedClasses(form, retention);

  const propose = async (): Promise<void> => {
    if (!change || step.isSending) return;
    if (!(await step.send(() => api.proposeRetention(change)))) return;
    noteProposed();
    onClose();
  };
  return (
    <Modal
      open
      title={t('retention.change')}
      okText={t('rules.propose')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: change === null }}
      confirmLoading={step.isSending}
      onOk={() => void propose()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('retention.fourEyes')} />
        {SETTABLE_CLASSES.map((name) => (
          <label key={name}>
            <span>{say(RETENTION_CLASSES[name])}</span>
            <Input
              name={`days-${name}`}
              value={form[name]}
              inputMode="numeric"
              placeholder={t('retention.never')}
              suffix={t('retention.daysUnit')}
              autoComplete="off"
              maxLength={6}
              onChange={({ target }) => setForm({ ...form, [name]: target.value })}
            />
          </label>
        ))}
        {shortened.length > 0 && (
          <Alert
            type="warning"
            showIcon
            role="alert"
            title={t('retention.shortened', { classes: shortened.map((name) => say(RETENTION_CLASSES[name])).join(' · ') })}
          />
        )}
        {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      </StepForm>
    </Modal>
  );
}
