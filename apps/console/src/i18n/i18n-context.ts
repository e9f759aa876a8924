import type { LocalizedText } from '@app/contracts';
import { createContext, useContext } from 'react';
import { MESSAGES, type Language } from './language';
import { fill, type Arguments, type MessageKey } from './messages';

/** Texts in the chosen language. */
export interface I18n {
  readonly language: Language;
  /** The console's own text for a key. */
  readonly t: <Key extends MessageKey>(key: Key, ...args: Arguments<Key>) => string;
  /** A sentence that the API gives in both languages. */
  readonly say: (text: LocalizedText) => string;
  /** Names one after the other, with an ‘and’ where the language has one. */
  readonly list: (names: readonly string[]) => string;
  /** An instant in the reader's time zone. */
  readonly instant: (iso: string) => string;
  /** The same without year and seconds, for lists. */
  readonly shortInstant: (iso: string) => string;
  /** Hours and minutes of an instant, given in milliseconds since 1970. */
  readonly clockTime: (ms: number) => string;
}

/** Builds the texts of one language. */
export function createI18n(language: Language): I18n {
  const locale = language === 'en' ? 'en-GB' : language;
  const instants = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
  const shortInstants = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const clock = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });
  return {
    language,
    t: (key, ...args) => fill(MESSAGES[language][key], args[0]),
    say: (text) => text[language],
    list: (names) => lists.format(names),
    instant: (iso) => instants.format(new Date(iso)),
    clockTime: (ms) => clock.format(ms),
    shortInstant: (iso) => shortInstants.format(new Date(iso)),
  };
}

export const I18nContext = createContext<I18n>(createI18n('zh-CN'));

export const useI18n = (): I18n => useContext(I18nContext);
