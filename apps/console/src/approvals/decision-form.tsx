import { ActReason, type ApprovalDecision, type ApprovalView } from '@app/contracts';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';
import { useStep } from '../sign-in/use-step';
import { dangerOf } from './act-danger';
import styles from './approval-card.module.css';

/** What was decided, of a state that only a decision leads to. */
export function deciding(state: ApprovalView['state']): 'approved' | 'rejected' {
  return state === 'approved' ? 'approved' : 'rejected';
}

interface Props {
  proposal: ApprovalView;
  onDecided: (proposal: ApprovalView) => void;
  onOutdated: () => void;
}

/** The word of a second person, with why. It names the hash of what was looked at, so that nothing else can be approved by it. */
export function DecisionForm({ proposal, onDecided, onOutdated }: Props) {
  const { id, payloadHash } = proposal;
  const { t } = useI18n();
  const { message } = App.useApp();
  const api = useApi();
  const step = useStep();
  const [reason, setReason] = useState('');
  const given = ActReason.safeParse(reason);

  const decide = async (decision: ApprovalDecision['decision']): Promise<void> => {
    if (!given.success || step.isSending) return;
    const decided = await step.send(() => api.decideApproval(id, { decision, payloadHash, reason: given.data }));
    if (!decided) return;
    message.success(t(decision === 'approve' ? 'approvals.approvedNow' : 'approvals.rejectedNow'));
    onDecided(decided.value);
  };
  return (
    <form
      className={styles.decide}
      // Enter must decide nothing: there are two ways to decide.
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        <span>{t('approvals.reason')}</span>
        <Input
          name="decision-reason"
          value={reason}
          maxLength={500}
          autoComplete="off"
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      <Button danger disabled={!given.success} loading={step.isSending} data-action="reject" onClick={() => void decide('reject')}>
        {t('approvals.reject')}
      </Button>
      <Button
        type="primary"
        danger={dangerOf(proposal) === 'final'}
        disabled={!given.success}
        loading={step.isSending}
        data-action="approve"
        onClick={() => void decide('approve')}
      >
        {t('approvals.approve')}
      </Button>
      {step.failure && <FailureAlert failure={step.failure} onRetry={onOutdated} retryLabel={t('approvals.reload')} />}
    </form>
  );
}
