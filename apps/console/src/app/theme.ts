import { theme, type ThemeConfig } from 'antd';
import type { ThemeChoice } from './preferences';
import { useMedia } from './use-media';

/** Whether the console is dark now. */
export function useIsDark(choice: ThemeChoice): boolean {
  const systemIsDark = useMedia('(prefers-color-scheme: dark)');
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

const COMPONENTS: ThemeConfig['components'] = { Alert: { withDescriptionPadding: '10px 14px', withDescriptionIconSize: 18 } };

const LIGHT: ThemeConfig = {
  components: COMPONENTS,
  token: {
    ...SHARED,
    colorPrimary: '#1d4f91',
    colorPrimaryBg: '#e8f0fa',
    colorPrimaryBgHover: '#d8e6f6',
    colorPrimaryBorder: '#a9c5e8',
    colorInfo: '#1d4f91',
    colorInfoBg: '#e8f0fa',
    colorInfoBorder: '#a9c5e8',
    colorLink: '#1d4f91',
    colorSuccess: '#157347',
    colorSuccessBg: '#e7f5ec',
    colorSuccessBorder: '#9fd3b4',
    colorWarning: '#995200',
    colorWarningBg: '#fff5e0',
    colorWarningBgHover: '#ffe6b8',
    colorWarningBorder: '#f0c987',
    colorError: '#b8322a',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#eeb0ab',
    colorBgLayout: '#eef1f5',
    colorTextDescription: 'rgba(0, 0, 0, 0.65)',
    colorTextPlaceholder: 'rgba(0, 0, 0, 0.57)',
  },
};

const DARK: ThemeConfig = {
  components: COMPONENTS,
  algorithm: theme.darkAlgorithm,
  token: {
    ...SHARED,
    colorPrimary: '#3f7ac6',
    colorPrimaryBg: '#16283f',
    colorPrimaryBgHover: '#1d3553',
    colorPrimaryBorder: '#2f5688',
    colorInfo: '#7fb2f2',
    colorInfoBg: '#16283f',
    colorInfoBorder: '#2f5688',
    colorLink: '#7fb2f2',
    colorSuccess: '#4cc38a',
    colorSuccessBg: '#10291d',
    colorSuccessBorder: '#23603f',
    colorWarning: '#e8b04b',
    colorWarningBg: '#2e2410',
    colorWarningBgHover: '#453614',
    colorWarningBorder: '#6b531d',
    colorError: '#f28b82',
    colorErrorBg: '#341818',
    colorErrorBorder: '#74322e',
    colorBgLayout: '#0d1117',
    colorBgContainer: '#161b22',
    colorBgElevated: '#1f262f',
    colorBorder: '#3b444f',
    colorBorderSecondary: '#2a313a',
    colorTextDescription: 'rgba(255, 255, 255, 0.68)',
    colorTextPlaceholder: 'rgba(255, 255, 255, 0.55)',
  },
};

/** The header is ink in both themes, so what stands on it is always drawn for a dark ground. */
export const HEADER_THEME: ThemeConfig = {
  inherit: false,
  algorithm: theme.darkAlgorithm,
  token: { ...SHARED, colorPrimary: '#3f7ac6' },
  components: {
    Segmented: {
      trackBg: 'rgba(255, 255, 255, 0.12)',
      itemColor: 'rgba(255, 255, 255, 0.85)',
      itemSelectedBg: '#fff',
      itemSelectedColor: '#12294a',
    },
  },
};
