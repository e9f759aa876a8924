import { ROLE_NAMES } from '@app/contracts';
import { App } from 'antd';
import page from '../app/page.module.css';
import { Section } from '../app/section';
import { useI18n } from '../i18n/i18n-context';
import { useAccess } from '../sign-in/access';
import { LastSignInText } from '../sign-in/last-sign-in';
import { PasswordForm } from '../sign-in/password-form';
import styles from './account-page.module.css';
import { FactorSection } from './factor-section';
import { SessionsSection } from './sessions-section';

/** 我的账号: who one is, one's password, second factor and sessions. */
export function AccountPage() {
  const { person, onSession } = useAccess();
  const { t, say } = useI18n();
  const { message } = App.useApp();
  const { displayName, login, roles } = person.user;
  return (
    <div className={page.page}>
      <div>
        <h1 className={page.heading}>{t('account.heading')}</h1>
        <p className={page.intro}>
          {displayName} · {login} · {roles.length === 0 ? t('account.noRole') : roles.map((role) => say(ROLE_NAMES[role])).join(' · ')}
        </p>
        <p className={page.intro} data-previous-sign-in>
          <LastSignInText session={person} />
        </p>
      </div>
      <div className={styles.columns}>
        <Section heading={t('account.password')}>
          <PasswordForm
            onChanged={(view) => {
              onSession(view);
              message.success(t('password.changed'));
            }}
          />
        </Section>
        <FactorSection person={person} onSession={onSession} />
      </div>
      <SessionsSection key={person.authenticatedAt} />
    </div>
  );
}
