import type { ApprovalView } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { dangerOf } from './act-danger';
import styles from './approval-card.module.css';

const ALERTS = { plain: 'info', serious: 'warning', final: 'error' } as const;

/** What comes of an approval, in plain words, and how dangerous that is. */
export function ActEffect({ proposal }: { proposal: Pick<ApprovalView, 'kind' | 'changes'> }) {
  const { t } = useI18n();
  const danger = dangerOf(proposal);
  return (
    <Alert
      type={ALERTS[danger]}
      showIcon
      className={styles.effect}
      data-danger={danger}
      title={t(`approvals.effect.${proposal.kind}`)}
      description={danger === 'final' ? t('approvals.final') : undefined}
    />
  );
}
