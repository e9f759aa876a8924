import { LockOutlined } from '@ant-design/icons';
import type { SessionView } from '@app/contracts';
import { Alert } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { PersonForm } from './person-form';
import type { EndReason } from './session';
import { SignInFrame } from './sign-in-frame';
import styles from './sign-in-page.module.css';

interface Props {
  reason: EndReason | null;
  /** Pages with what was typed wait behind this one. */
  isWorkKept: boolean;
  onSession: (view: SessionView) => void;
}

/** Lets people in, each by an account of their own. */
export function SignInPage({ reason, isWorkKept, onSession }: Props) {
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
          title={t(`signIn.end.${reason}`)}
          description={isWorkKept ? t('signIn.kept') : undefined}
        />
      )}
      <PersonForm onSession={onSession} />
      <p className={styles.note}>
        <LockOutlined aria-hidden /> {t('signIn.promise')}
      </p>
    </SignInFrame>
  );
}
