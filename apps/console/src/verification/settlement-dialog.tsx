import { SettlementRequest, type AttemptView, type SettledCharge } from '@app/contracts';
import { Alert, Input, Modal, Radio } from 'antd';
import { useState } from 'react';
import { useProposedNote } from '../approvals/use-proposed-note';
import { useI18n } from '../i18n/i18n-context';
import styles from './settlement-dialog.module.css';
import { SettlementFailure } from './settlement-failure';
import { useSettlement } from './use-settlement';

interface Props {
  verificationId: string;
  /** At least one. */
  attempts: readonly AttemptView[];
  onClose: () => void;
  /** It is settled, or somebody else was faster: what is shown is no longer true. */
  onReload: () => void;
}

/** Asks what the call cost and how that is known. Nothing is chosen beforehand: a person must have decided. */
export function SettlementDialog({ verificationId, attempts, onClose, onReload }: Props) {
  const { t, instant } = useI18n();
  const tellProposed = useProposedNote();
  const settlement = useSettlement(verificationId);
  const [attemptId, setAttemptId] = useState(attempts.length === 1 ? attempts[0]?.id : undefined);
  const [charge, setCharge] = useState<SettledCharge>();
  const [reason, setReason] = useState('');
  const request = SettlementRequest.safeParse({ attemptId, charge, reason });

  const settle = async (): Promise<void> => {
    const result = request.success ? await settlement.settle(request.data) : null;
    if (result === 'proposed') tellProposed();
    if (result !== null) onReload();
  };
  return (
    <Modal
      open
      title={t('settle.heading')}
      okText={t('settle.confirm')}
      okButtonProps={{ disabled: !request.success }}
      confirmLoading={settlement.isSending}
      mask={{ closable: false }}
      onOk={() => void settle()}
      onCancel={onClose}
    >
      <div className={styles.form}>
        <Alert type="warning" showIcon title={t('settle.warning')} description={t('settle.warningDetail')} />
        <fieldset>
          <legend>{t('settle.attempt')}</legend>
          <Radio.Group
            vertical
            value={attemptId}
            onChange={({ target }) => setAttemptId(target.value as string)}
            options={attempts.map(({ id, number, provider, createdAt }) => ({
              value: id,
              label: `${t('outcome.attemptNumber', { number })} · ${t(`provider.${provider}`)} · ${instant(createdAt)}`,
            }))}
          />
        </fieldset>
        <fieldset>
          <legend>{t('settle.charge')}</legend>
          <Radio.Group
            value={charge}
            onChange={({ target }) => setCharge(target.value as SettledCharge)}
            options={(['charged', 'notCharged'] as const).map((value) => ({ value, label: t(`settle.${value}`) }))}
          />
        </fieldset>
        <label>
          <span>{t('settle.reason')}</span>
          <Input
            value={reason}
            maxLength={500}
            placeholder={t('settle.reasonHint')}
            autoComplete="off"
            onChange={({ target }) => setReason(target.value)}
          />
        </label>
        {settlement.failure && <SettlementFailure failure={settlement.failure} onReload={onReload} />}
      </div>
    </Modal>
  );
}
