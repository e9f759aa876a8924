import { Alert } from 'antd';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { usePolled } from '../api/use-polled';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';

const OPEN = { limit: 100, state: 'open' } as const;
const never = (): null => null;

/** Says that a proposal to demand less waits, to whoever may see proposals. */
export function WaitingPolicyNote() {
  return useAccess().may('approval.read') ? <Note /> : null;
}

function Note() {
  const { t } = useI18n();
  const api = useApi();
  const { value } = usePolled(
    useCallback(() => api.listApprovals(OPEN), [api]),
    never,
  );
  if (value?.items.some(({ kind }) => kind === 'signInPolicy.set') !== true) return null;
  return (
    <Alert
      type="info"
      showIcon
      data-waiting="sign-in-policy"
      title={
        <>
          {t('signInPolicy.waiting')} <a href="#/approvals">{t('approval.show')}</a>
        </>
      }
    />
  );
}
