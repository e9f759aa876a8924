import { App, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { ApiContext } from '../api/api-context';
import { createI18n, I18nContext, useI18n } from '../i18n/i18n-context';
import { AccessContext, offeredTo, type Access } from '../sign-in/access';
import { useSession, type Session } from '../sign-in/session';
import { SignInPage } from '../sign-in/sign-in-page';
import { hasStepsLeft, SignInSteps } from '../sign-in/sign-in-steps';
import styles from './console.module.css';
import { PreferencesContext, useRememberedPreferences } from './preferences';
import { Shell } from './shell';
import { themeOf, useIsDark } from './theme';

/** The whole console: language, colours and session around its pages. */
export function Console() {
  const preferences = useRememberedPreferences();
  const { language, theme } = preferences;
  const isDark = useIsDark(theme);
  const i18n = useMemo(() => createI18n(language), [language]);
  const session = useSession();

  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [language, isDark]);

  return (
    <PreferencesContext value={preferences}>
      <I18nContext value={i18n}>
        <ConfigProvider locale={language === 'en' ? enUS : zhCN} theme={themeOf(isDark)} button={{ autoInsertSpace: false }}>
          <App className={styles.root}>
            <Opened session={session} />
          </App>
        </ConfigProvider>
      </I18nContext>
    </PreferencesContext>
  );
}

/** As far as whoever uses the console has come: the sign-in, what must be done first, or the pages. */
function Opened({ session: { now, onSession, signInWithKey, signOut } }: { session: Session }) {
  const { t } = useI18n();
  const person = now.by === 'person' ? now.view : null;
  const access = useMemo<Access>(() => ({ person, may: offeredTo(person), onSession }), [person, onSession]);
  const leave = (): void => void signOut();
  if (now.by === 'asking') return <Spin fullscreen description={t('signIn.asking')} />;
  if (now.by === 'nobody') return <SignInPage reason={now.reason} onSession={onSession} onKey={signInWithKey} />;
  return (
    <ApiContext value={now.client}>
      {person && hasStepsLeft(person) ? (
        <SignInSteps view={person} onSession={onSession} onSignOut={leave} />
      ) : (
        <AccessContext value={access}>
          <Shell onSignOut={leave} />
        </AccessContext>
      )}
    </ApiContext>
  );
}
