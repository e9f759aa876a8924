import { App } from 'antd';
import { useCallback } from 'react';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';

const SECONDS = 8;

/** Says that an act was proposed and not done, and leads to where a second person decides it. */
export function useProposedNote(): () => void {
  const { t } = useI18n();
  const { message } = App.useApp();
  const { may } = useAccess();
  return useCallback(() => {
    message.info(
      <>
        {t('approval.proposed')} {may('approval.read') && <a href="#/approvals">{t('approval.show')}</a>}
      </>,
      SECONDS,
    );
  }, [t, message, may]);
}
