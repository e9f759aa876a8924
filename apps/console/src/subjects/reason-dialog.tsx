import { ActReason, type SubjectRequestSummary } from '@app/contracts';
import { Alert, Input, Modal } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { StepForm } from '../app/step-form';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';

interface Props {
  request: SubjectRequestSummary;
  act: 'erase' | 'close';
  onClose: () => void;
  onChanged: (request: SubjectRequestSummary) => void;
}

/** Proposes the erasure of what was found, or ends the request with how it was answered; both want a word on it. */
export function ReasonDialog({ request: { id, found }, act, onClose, onChanged }: Props) {
  const { t } = useI18n();
  const api = useApi();
  const step = useStep();
  const noteProposed = useProposedNote();
  const [text, setText] = useState('');
  const reason = ActReason.safeParse(text);

  const propose = async (said: string, foundHash: string): Promise<void> => {
    if (!(await step.send(() => api.proposeSubjectErasure(id, { foundHash, reason: said })))) return;
    noteProposed();
    onClose();
  };
  const close = async (said: string): Promise<void> => {
    const closed = await step.send(() => api.closeSubject(id, { reason: said }));
    if (!closed) return;
    onChanged(closed.value);
    onClose();
  };
  const send = (): void => {
    if (!reason.success || step.isSending) return;
    if (act === 'close') void close(reason.data);
    else if (found) void propose(reason.data, found.foundHash);
  };
  return (
    <Modal
      open
      title={t(`subjects.step.${act}`)}
      okText={t(`subjects.step.${act}`)}
      cancelText={t('people.cancel')}
      okButtonProps={{ disabled: !reason.success, danger: act === 'erase' }}
      confirmLoading={step.isSending}
      onOk={send}
      onCancel={onClose}
    >
      <StepForm step={step}>
        <Alert type={act === 'erase' ? 'warning' : 'info'} showIcon title={t(`subjects.note.${act}`)} />
        <label>
          <span>{t(`subjects.reason.${act}`)}</span>
          <Input
            name="subject-reason"
            autoFocus
            value={text}
            maxLength={500}
            autoComplete="off"
            onChange={({ target }) => setText(target.value)}
            onPressEnter={send}
          />
        </label>
        {step.failure && <FailureAlert failure={step.failure} />}
      </StepForm>
    </Modal>
  );
}
