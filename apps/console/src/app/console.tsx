import { App, ConfigProvider, Spin } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { ApiContext } from '../api/api-context';
import { createI18n, I18nContext, useI18n } from '../i18n/i18n-context';
import { pagesOf, useSession, type Session } from '../sign-in/session';
import { SignInPage } from '../sign-in/sign-in-page';
import { SignInSteps } from '../sign-in/sign-in-steps';
import { hasStepsLeft } from '../sign-in/steps-left';
import styles from './console.module.css';
import { PersonPages } from './person-pages';
import { PreferencesContext, useRememberedPreferences } from './preferences';
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

/** As far as whoever uses the console has come: the sign-in, what must be done first, or the pages, which stay behind while they are covered. */
function Opened({ session }: { session: Session }) {
  const { t } = useI18n();
  const { now, onSession } = session;
  if (now.by === 'asking') return <Spin fullscreen description={t('signIn.asking')} />;
  const pages = pagesOf(now);
  const isCovered = now.by === 'nobody' || hasStepsLeft(now.view);
  return (
    <>
      {pages && <PersonPages key={pages.view.user.id} pages={pages} isCovered={isCovered} session={session} />}
      {now.by === 'nobody' && <SignInPage reason={now.reason} isWorkKept={now.kept !== null} onSession={onSession} />}
      {now.by === 'person' && isCovered && (
        <ApiContext value={now.client}>
          <SignInSteps view={now.view} onSession={onSession} onSignOut={() => void session.signOut()} />
        </ApiContext>
      )}
    </>
  );
}
