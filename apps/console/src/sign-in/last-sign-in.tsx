import type { SessionView } from '@app/contracts';
import { Alert } from 'antd';
import { useEffect, useState } from 'react';
import { useI18n } from '../i18n/i18n-context';
import styles from './session-end-notice.module.css';

/** The session whose notice was closed, so that a reload does not show it again. It goes when the person signs out. */
const SEEN = 'piaoyan.lastSignIn';

/** When this person signed in before, and how often somebody failed to since: whoever did not do that finds it out here. */
export function LastSignIn({ session }: { session: SessionView }) {
  const { t } = useI18n();
  const [seen, setSeen] = useState(() => sessionStorage.getItem(SEEN));
  const isShown = seen !== session.id && (session.previousSignIn !== null || session.refusedSignIns > 0);
  const close = (): void => {
    sessionStorage.setItem(SEEN, session.id);
    setSeen(session.id);
  };
  const isAlarming = session.refusedSignIns > 0;
  // Nothing to look into is no reason to stay: it goes with the page that it was seen on.
  useEffect(() => {
    if (!isShown || isAlarming) return;
    window.addEventListener('hashchange', close);
    return () => window.removeEventListener('hashchange', close);
  });
  if (!isShown) return null;
  return (
    <Alert
      banner
      showIcon
      type={isAlarming ? 'warning' : 'info'}
      className={styles.notice}
      role={isAlarming ? 'alert' : 'status'}
      data-last-sign-in={session.refusedSignIns}
      title={<LastSignInText session={session} />}
      description={isAlarming ? t('session.refusedHint') : undefined}
      closable={{ closeIcon: true, onClose: close, 'aria-label': t('session.seen') }}
    />
  );
}

/** The same in one sentence. */
export function LastSignInText({ session: { previousSignIn, refusedSignIns } }: { session: SessionView }) {
  const { t, instant } = useI18n();
  if (previousSignIn === null) return t('session.first', { count: refusedSignIns });
  const { at, address } = previousSignIn;
  return `${t('session.previous', { time: instant(at), address: address ?? t('session.noAddress') })} ${t('session.refused', { count: refusedSignIns })}`;
}
