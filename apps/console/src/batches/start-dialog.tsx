import type { VerificationBatchView } from '@app/contracts';
import { Alert, Modal } from 'antd';
import type { Failure } from '../api/failure';
import { useI18n } from '../i18n/i18n-context';
import { leftOut } from './batch-progress';
import styles from './start-dialog.module.css';
import type { BatchActions } from './use-batch-actions';

interface Props {
  batch: VerificationBatchView;
  actions: BatchActions;
  onClose: () => void;
}

/** What starting costs, to be confirmed. When it costs something else by now, the new figures are shown and asked for again. */
export function StartDialog({ batch, actions, onClose }: Props) {
  const { t } = useI18n();
  const { calls, cached, underWay, costYuan, priceYuan } = batch.estimate;
  const without = leftOut(batch);
  const start = async (): Promise<void> => {
    if (await actions.start(calls)) onClose();
  };
  return (
    <Modal
      open
      title={t('batch.startHeading')}
      okText={t('batch.startConfirm')}
      confirmLoading={actions.isBusy}
      mask={{ closable: false }}
      onOk={() => void start()}
      onCancel={onClose}
    >
      <div className={styles.sums}>
        <p className={styles.calls} data-calls={calls}>
          {t('batch.startCalls', { count: calls })}
        </p>
        <p className={styles.cost}>{t('batch.startCost', { amount: costYuan, price: priceYuan })}</p>
        <p>
          {t('batch.estimate.cached')} {cached} · {t('batch.estimate.underWay')} {underWay}
        </p>
        {without > 0 && <p>{t('batch.startErrors', { count: without })}</p>}
        <p className={styles.note}>{t('batch.estimateNote')}</p>
        {isChanged(actions.failure) && <Alert type="warning" showIcon role="alert" title={t('batch.startChanged')} />}
      </div>
    </Modal>
  );
}

function isChanged(failure: Failure | null): boolean {
  return failure?.kind === 'problem' && failure.problem.code === 'batch-estimate-changed';
}
