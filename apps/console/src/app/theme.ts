import { theme, type ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';
import type { ThemeChoice } from './preferences';

const darkMedia = window.matchMedia('(prefers-color-scheme: dark)');

/** Whether the console is dark now. */
export function useIsDark(choice: ThemeChoice): boolean {
  const systemIsDark = useSyncExternalStore(
    (changed) => {
      darkMedia.addEventListener('change', changed);
      return () => darkMedia.removeEventListener('change', changed);
    },
    () => darkMedia.matches,
  );
  return choice === 'system' ? systemIsDark : choice === 'dark';
}

const SHARED = {
  borderRadius: 6,
  fontFamily: "system-ui, 'PingFang SC', 'Microsoft YaHei UI', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
};

/** Ink blue for what can be done; green, amber and red are kept for what is known of a bill. Text colours keep 4.5:1 on their grounds. */
export function themeOf(isDark: boolean): ThemeConfig {
  return isDark ? DARK : LIGHT;
}

const LIGHT: ThemeConfig = {
  token: {
    ...SHARED,
    colorPrimary: '#1d4f91',
    colorLink: '#1d4f91',
    colorSuccess: '#157347',
    colorWarning: '#a65b00',
    colorError: '#b8322a',
    colorBgLayout: '#eef1f5',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.5)',
  },
};

const DARK: ThemeConfig = {
  algorithm: theme.darkAlgorithm,
  token: {
    ...SHARED,
    colorPrimary: '#4f8fdf',
    colorLink: '#7fb2f2',
    colorSuccess: '#3fb97a',
    colorWarning: '#e0a23a',
    colorError: '#f0716a',
    colorBgBase: '#10151c',
    colorBgLayout: '#0b0f14',
    colorTextDescription: 'rgba(255, 255, 255, 0.68)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.5)',
  },
};
