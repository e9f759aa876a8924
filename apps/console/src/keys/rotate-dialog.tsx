import { ApiKeyRotation, type ApiKeySecretView, type ApiKeyView } from '@app/contracts';
import { Alert, InputNumber, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

const USUAL_HOURS = 24;

interface Props {
  apiKey: ApiKeyView;
  onClose: () => void;
  onRotated: (key: ApiKeySecretView) => void;
}

/** Gives a key another secret. */
export function RotateDialog({ apiKey: { id, name }, onClose, onRotated }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [overlapHours, setOverlapHours] = useState<number | null>(USUAL_HOURS);
  const rotation = ApiKeyRotation.safeParse({ overlapHours });
  const rotate = async (): Promise<void> => {
    if (!rotation.success || step.isSending) return;
    const rotated = await step.send(() => api.rotateKey(id, rotation.data));
    if (rotated) onRotated(rotated.value);
  };
  return (
    <Modal
      open
      title={`${t('keys.rotate')}: ${name}`}
      okText={t('keys.rotate')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !rotation.success }}
      confirmLoading={step.isSending}
      onOk={() => void rotate()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('keys.rotateNote')} />
        <label>
          <span>{t('keys.overlap')}</span>
          <InputNumber min={0} max={720} precision={0} value={overlapHours} onChange={setOverlapHours} />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}
