import { LockOutlined } from '@ant-design/icons';
import type { SessionView } from '@app/contracts';
import { Alert, Tabs } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { KeyForm } from './key-form';
import { PersonForm } from './person-form';
import type { EndReason } from './session';
import { SignInFrame } from './sign-in-frame';
import styles from './sign-in-page.module.css';

interface Props {
  reason: EndReason | null;
  onSession: (view: SessionView) => void;
  onKey: (key: string) => void;
}

/** Lets people in by login and password, and integrators by an API key. */
export function SignInPage({ reason, onSession, onKey }: Props) {
  const { t } = useI18n();
  return (
    <SignInFrame>
      {reason && (
        <Alert
          type="warning"
          showIcon
          role="status"
          className={styles.ended}
          data-ended={reason}
          title={t(reason === 'key' ? 'signIn.ended' : `signIn.end.${reason}`)}
        />
      )}
      <Tabs
        className={styles.ways}
        aria-label={t('signIn.ways')}
        destroyOnHidden
        defaultActiveKey={reason === 'key' ? 'key' : 'person'}
        items={[
          { key: 'person', label: t('signIn.person'), children: <PersonForm onSession={onSession} /> },
          { key: 'key', label: t('signIn.integrator'), children: <KeyForm onKey={onKey} /> },
        ]}
      />
      <p className={styles.note}>
        <LockOutlined aria-hidden /> {t('signIn.promise')}
      </p>
    </SignInFrame>
  );
}
