import { LegalHoldRequest } from '@app/contracts';
import { Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { idIn } from '../app/id-in';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

type TargetType = LegalHoldRequest['targetType'];

/** Keeps a bill or a receipt from being erased. Who does so sees neither: its reference comes from those who work with it. */
export function HoldDialog({ onClose, onPlaced }: { onClose: () => void; onPlaced: () => void }) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const [targetType, setTargetType] = useState<TargetType>('bill');
  const [target, setTarget] = useState('');
  const [reason, setReason] = useState('');
  const hold = LegalHoldRequest.safeParse({ targetType, targetId: idIn(target), reason });

  const place = async (): Promise<void> => {
    if (!hold.success || step.isSending) return;
    if (await step.send(() => api.placeHold(hold.data))) onPlaced();
  };
  return (
    <Modal
      open
      title={t('holds.place')}
      okText={t('holds.place')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !hold.success }}
      confirmLoading={step.isSending}
      onOk={() => void place()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <div>
          <span>{t('holds.target')}</span>
          <Segmented<TargetType>
            aria-label={t('holds.target')}
            value={targetType}
            onChange={setTargetType}
            options={(['bill', 'receipt'] as const).map((value) => ({ value, label: t(`holds.of.${value}`) }))}
          />
        </div>
        <label>
          <span>{t('holds.reference')}</span>
          <Input
            name="hold-target"
            autoFocus
            value={target}
            maxLength={300}
            placeholder={t('holds.referenceHint')}
            status={target.trim() !== '' && idIn(target) === null ? 'error' : ''}
            autoComplete="off"
            spellCheck={false}
            onChange={(event) => setTarget(event.target.value)}
          />
        </label>
        <label>
          <span>{t('holds.reasonRequired')}</span>
          <Input
            name="hold-reason"
            value={reason}
            maxLength={200}
            placeholder={t('holds.reasonHint')}
            autoComplete="off"
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => void place()}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}
