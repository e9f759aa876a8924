import { SUBJECT_REQUEST_KINDS, SubjectRequestKind, SubjectRequestOrder, type SubjectRequestSummary } from '@app/contracts';
import { Alert, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

type By = SubjectRequestSummary['by'];
const LENGTHS = { who: 200, reference: 100, purpose: 200 } as const;

/** Opens the request of a person, who is looked for at once. The name is sent, and shown nowhere again. */
export function SubjectDialog({ onClose, onOpened }: { onClose: () => void; onOpened: () => void }) {
  const { t, say } = useI18n();
  const api = useApi();
  const step = useStep();
  const [kind, setKind] = useState<SubjectRequestKind>('access');
  const [by, setBy] = useState<By>('payer');
  const [form, setForm] = useState({ who: '', reference: '', purpose: '' });
  const { who, reference, purpose } = form;
  const order = SubjectRequestOrder.safeParse({ kind, [by]: who, reference, purpose });

  const open = async (): Promise<void> => {
    if (!order.success || step.isSending) return;
    if (await step.send(() => api.openSubject(order.data))) onOpened();
  };
  return (
    <Modal
      open
      title={t('subjects.open')}
      okText={t('subjects.open')}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !order.success }}
      confirmLoading={step.isSending}
      onOk={() => void open()}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type="info" showIcon title={t('subjects.openNote')} />
        <div>
          <span>{t('subjects.kind')}</span>
          <Segmented<SubjectRequestKind>
            aria-label={t('subjects.kind')}
            value={kind}
            onChange={setKind}
            options={SubjectRequestKind.options.map((value) => ({ value, label: say(SUBJECT_REQUEST_KINDS[value]) }))}
          />
        </div>
        <div>
          <span>{t('subjects.by')}</span>
          <Segmented<By>
            aria-label={t('subjects.by')}
            value={by}
            onChange={setBy}
            options={(['payer', 'payerCode'] as const).map((value) => ({ value, label: t(`subjects.by.${value}`) }))}
          />
        </div>
        {(['who', 'reference', 'purpose'] as const).map((name) => (
          <label key={name}>
            <span>{t(name === 'who' ? `subjects.by.${by}` : `subjects.${name}`)}</span>
            <Input
              name={`subject-${name}`}
              value={form[name]}
              maxLength={name === 'who' && by === 'payerCode' ? 40 : LENGTHS[name]}
              placeholder={t(`subjects.hint.${name}`)}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => setForm({ ...form, [name]: target.value })}
            />
          </label>
        ))}
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}
