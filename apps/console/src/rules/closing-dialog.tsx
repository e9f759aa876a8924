import { ProviderClosure, type ProviderId } from '@app/contracts';
import { Alert, Checkbox, Input, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

interface Props {
  provider: ProviderId;
  /** Those that close with it, since it is the first entry of the register. */
  others: readonly ProviderId[];
  onClose: () => void;
  onClosed: () => void;
}

/** Closes a provider for the institution at once: one person may stop what two opened. */
export function ClosingDialog({ provider, others, onClose, onClosed }: Props) {
  const { t, list } = useI18n();
  const api = useApi();
  const step = useStep();
  const [reason, setReason] = useState('');
  const [isSeen, setIsSeen] = useState(others.length === 0);
  const names = list(others.map((other) => t(`provider.${other}`)));
  const closure = ProviderClosure.safeParse({ provider, reason });
  const close = async (): Promise<void> => {
    if (!closure.success || !isSeen || step.isSending) return;
    if (await step.send(() => api.closeProvider(closure.data))) onClosed();
  };
  return (
    <Modal
      open
      title={t('register.closeFor', { name: t(`provider.${provider}`) })}
      okText={t(others.length > 0 ? 'register.closeAll' : 'register.close')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !closure.success || !isSeen, danger: true }}
      confirmLoading={step.isSending}
      onOk={() => void close()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="warning" showIcon title={t('register.closeNote')} />
        {others.length > 0 && (
          <>
            <Alert
              type="error"
              showIcon
              title={t('register.closesOthers', { names })}
              description={t('register.closesOthersNote')}
              data-closes={others.join(' ')}
            />
            <Checkbox name="closes-others" checked={isSeen} onChange={({ target }) => setIsSeen(target.checked)}>
              {t('register.closesOthersSeen', { names })}
            </Checkbox>
          </>
        )}
        <label>
          <span>{t('register.form.reason')}</span>
          <Input
            name="closing-reason"
            autoFocus
            value={reason}
            maxLength={500}
            autoComplete="off"
            onChange={({ target }) => setReason(target.value)}
            onPressEnter={() => void close()}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}
