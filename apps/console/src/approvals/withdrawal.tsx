import type { ApprovalView } from '@app/contracts';
import { App, Button } from 'antd';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import styles from './approval-card.module.css';

interface Props {
  proposal: ApprovalView;
  onWithdrawn: (proposal: ApprovalView) => void;
  onOutdated: () => void;
}

/** One's own proposal: somebody else decides it, and oneself can take it back. */
export function Withdrawal({ proposal: { id }, onWithdrawn, onOutdated }: Props) {
  const { t } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const withdraw = async (): Promise<void> => {
    const withdrawn = await step.send(() => api.withdrawApproval(id));
    if (!withdrawn) return;
    message.success(t('approvals.withdrawnNow'));
    onWithdrawn(withdrawn.value);
  };
  return (
    <>
      <p className={styles.note}>{t('approvals.own')}</p>
      {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
      <Button data-action="withdraw" loading={step.isSending} onClick={() => void withdraw()}>
        {t('approvals.withdraw')}
      </Button>
    </>
  );
}
