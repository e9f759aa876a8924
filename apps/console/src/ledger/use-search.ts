import type { BillFilter, BillSort } from '@app/contracts';
import { useState } from 'react';
import type { ApiClient } from '../api/client';
import { useApi } from '../api/api-context';
import { EMPTY_SEARCH, billFilter, searchFaults, settledSearch, sortOf, type BillSearchForm, type SearchFaults } from './bill-search-form';

/** The search: as it stands in the form, and as it was asked last. */
export interface SearchState {
  readonly form: BillSearchForm;
  readonly faults: SearchFaults;
  /** The form that the rows answer. */
  readonly asked: BillSearchForm;
  readonly sort: BillSort;
  /** The filters of `asked`. */
  readonly filters: BillFilter;
  readonly edit: (changes: Partial<BillSearchForm>) => void;
  /** Asks for what stands in the form, unless something is wrong with it; false then. */
  readonly submit: () => boolean;
  readonly clear: () => void;
  readonly sortBy: (sort: BillSort) => void;
}

interface Asked {
  readonly form: BillSearchForm;
  readonly sort: BillSort | null;
}

const NOTHING_ASKED: Asked = { form: EMPTY_SEARCH, sort: null };

/** Names and numbers of bills stay out of the address, which the browser keeps; a session remembers its last search until it ends. */
const REMEMBERED = new WeakMap<ApiClient, Asked>();

export function useSearch(): SearchState {
  const api = useApi();
  const [asked, setAsked] = useState(() => REMEMBERED.get(api) ?? NOTHING_ASKED);
  const [form, setForm] = useState(asked.form);
  const [faults, setFaults] = useState<SearchFaults>({});

  const ask = (next: Asked): void => {
    REMEMBERED.set(api, next);
    setAsked(next);
  };
  const submit = (): boolean => {
    const settled = settledSearch(form);
    const found = searchFaults(settled);
    const isRight = Object.keys(found).length === 0;
    setForm(settled);
    setFaults(found);
    if (isRight) ask({ ...asked, form: settled });
    return isRight;
  };

  return {
    form,
    faults,
    asked: asked.form,
    sort: sortOf(asked.form, asked.sort),
    filters: billFilter(asked.form),
    edit: (changes) => {
      setForm((before) => ({ ...before, ...changes }));
      setFaults((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in changes))));
    },
    submit,
    clear: () => {
      setForm(EMPTY_SEARCH);
      setFaults({});
      ask(NOTHING_ASKED);
    },
    sortBy: (sort) => ask({ ...asked, sort }),
  };
}
