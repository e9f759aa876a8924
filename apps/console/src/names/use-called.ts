import { createContext, useContext, useSyncExternalStore } from 'react';
import { useI18n } from '../i18n/i18n-context';
import type { NameBook } from './name-book';

export const NamesContext = createContext<NameBook | null>(null);

/** What somebody is called, with the login beside it; the login alone until more is known, or where it is a program's or an operator's. */
export function useCalled(): (by: { readonly id: string; readonly name: string }) => string {
  const { t } = useI18n();
  const book = useContext(NamesContext);
  if (!book) throw new Error('names are shown outside the pages of a person');
  useSyncExternalStore(book.subscribe, book.version);
  return ({ id, name: login }) => {
    const name = book.nameOf(id);
    return name === null || name === login ? login : t('person.called', { name, login });
  };
}
