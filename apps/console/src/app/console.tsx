import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { ApiContext } from '../api/api-context';
import { createI18n, I18nContext } from '../i18n/i18n-context';
import { useSession } from '../sign-in/session';
import { SignInPage } from '../sign-in/sign-in-page';
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
            {session.client ? (
              <ApiContext value={session.client}>
                <Shell onSignOut={session.signOut} />
              </ApiContext>
            ) : (
              <SignInPage hasEnded={session.hasEnded} onSignedIn={session.signIn} />
            )}
          </App>
        </ConfigProvider>
      </I18nContext>
    </PreferencesContext>
  );
}
