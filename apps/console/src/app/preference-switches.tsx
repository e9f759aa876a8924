import { DesktopOutlined, MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button, Dropdown, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useI18n } from '../i18n/i18n-context';
import { Language } from '../i18n/language';
import styles from './preference-switches.module.css';
import { ThemeChoice, usePreferences } from './preferences';

const LANGUAGE_NAMES: Record<Language, string> = { 'zh-CN': '中文', en: 'EN' };
const THEME_ICONS: Record<ThemeChoice, ReactNode> = { system: <DesktopOutlined />, light: <SunOutlined />, dark: <MoonOutlined /> };

/** Switches of language and colours. */
export function PreferenceSwitches() {
  const { t } = useI18n();
  const { language, theme, setLanguage, setTheme } = usePreferences();
  return (
    <div className={styles.switches}>
      <Segmented
        size="small"
        aria-label={t('header.language')}
        value={language}
        onChange={setLanguage}
        options={Language.options.map((value) => ({ value, label: <span lang={value}>{LANGUAGE_NAMES[value]}</span> }))}
      />
      <Dropdown
        trigger={['click']}
        menu={{
          selectable: true,
          selectedKeys: [theme],
          items: ThemeChoice.options.map((key) => ({ key, icon: THEME_ICONS[key], label: t(`theme.${key}`) })),
          onClick: ({ key }) => setTheme(ThemeChoice.parse(key)),
        }}
      >
        <Button type="text" icon={THEME_ICONS[theme]} aria-label={`${t('header.theme')}: ${t(`theme.${theme}`)}`} />
      </Dropdown>
    </div>
  );
}
