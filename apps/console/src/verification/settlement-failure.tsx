import { Alert } from 'antd';
import type { Failure } from '../api/failure';
import { FailureAlert } from '../api/failure-alert';
import { useI18n } from '../i18n/i18n-context';

/** Why a charge was not settled. Of one that is known or settled already, the way to what it is. */
export function SettlementFailure({ failure, onReload }: { failure: Failure; onReload: () => void }) {
  const { t } = useI18n();
  const status = failure.kind === 'problem' ? failure.problem.status : null;
  if (status === 403) return <Alert type="error" showIcon role="alert" title={t('settle.forbidden')} />;
  if (status === 409) return <FailureAlert failure={failure} onRetry={onReload} retryLabel={t('settle.reload')} />;
  return <FailureAlert failure={failure} />;
}
