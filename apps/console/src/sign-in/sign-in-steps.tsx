import { LogoutOutlined } from '@ant-design/icons';
import type { SessionView } from '@app/contracts';
import { Button } from 'antd';
import { useI18n } from '../i18n/i18n-context';
import { CodeStep } from './code-step';
import { EnrolStep } from './enrol-step';
import { PasswordForm } from './password-form';
import { SignInFrame } from './sign-in-frame';
import styles from './sign-in-page.module.css';

interface Props {
  view: SessionView;
  onSession: (view: SessionView) => void;
  onSignOut: () => void;
}

/** What a person whose password was right has to do first, one thing after the other. */
export function SignInSteps({ view, onSession, onSignOut }: Props) {
  const { t } = useI18n();
  return (
    <SignInFrame>
      <Steps view={view} onSession={onSession} />
      <Button type="text" size="small" icon={<LogoutOutlined />} className={styles.leave} onClick={onSignOut}>
        {t('step.cancel')}
      </Button>
    </SignInFrame>
  );
}

function Steps({ view, onSession }: Omit<Props, 'onSignOut'>) {
  const { t } = useI18n();
  if (view.secondFactorRequired) return <CodeStep onSession={onSession} />;
  if (!view.mustChangePassword) return <EnrolStep view={view} onSession={onSession} />;
  return (
    <div className={styles.step}>
      <h2 className={styles.heading}>{t('password.heading')}</h2>
      <p className={styles.intro}>{t('password.intro')}</p>
      <PasswordForm onChanged={onSession} />
    </div>
  );
}
