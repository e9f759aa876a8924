import { createContext, useContext, useEffect, useState } from 'react';
import { z } from 'zod';
import { Language } from '../i18n/language';

/** `system` follows the computer's own light or dark setting. */
export const ThemeChoice = z.enum(['system', 'light', 'dark']);
export type ThemeChoice = z.infer<typeof ThemeChoice>;

/** What a person chose for this browser. It holds nothing about bills, so it may stay when the tab is closed. */
export interface Preferences {
  readonly language: Language;
  readonly theme: ThemeChoice;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: ThemeChoice) => void;
}

const noChange = (): void => undefined;
export const PreferencesContext = createContext<Preferences>({
  language: 'zh-CN',
  theme: 'system',
  setLanguage: noChange,
  setTheme: noChange,
});

export const usePreferences = (): Preferences => useContext(PreferencesContext);

/** The preferences as remembered; a value this version does not know gives the default. */
export function useRememberedPreferences(): Preferences {
  const [language, setLanguage] = useRemembered('piaoyan.language', Language.catch('zh-CN'));
  const [theme, setTheme] = useRemembered('piaoyan.theme', ThemeChoice.catch('system'));
  return { language, theme, setLanguage, setTheme };
}

function useRemembered<T extends string>(slot: string, schema: z.ZodType<T>): [T, (value: T) => void] {
  const [value, setValue] = useState(() => schema.parse(localStorage.getItem(slot)));
  useEffect(() => localStorage.setItem(slot, value), [slot, value]);
  return [value, setValue];
}
