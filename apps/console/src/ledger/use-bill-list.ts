import type { BillSearchRequest, BillView } from '@app/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { withMore, withChanged, type BillRows } from './bill-rows';

/** The bills of a search, page by page. */
export interface BillListState {
  /** Null before the first answer, and where it failed. */
  readonly items: readonly BillView[] | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
  /** Puts what was learned of a bill into its row. */
  readonly replace: (bill: BillView) => void;
}

/** Asks for a search, which has no cursor, whenever it changes. */
export function useBillList(search: BillSearchRequest): BillListState {
  const api = useApi();
  const query = JSON.stringify(search);
  const [rows, setRows] = useState<BillRows | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const watch = { isOver: false };
    setIsLoading(true);
    void api.searchBills(searchOf(query)).then((answer) => {
      if (watch.isOver) return;
      setIsLoading(false);
      setFailure(answer.ok ? null : answer.failure);
      // The rows of one search must never stand under another one.
      setRows((before) => (answer.ok ? { query, ...answer.value } : before?.query === query ? before : null));
    });
    return () => {
      watch.isOver = true;
    };
  }, [api, query, round]);

  const loadMore = async (): Promise<void> => {
    if (!rows?.next || isLoading) return;
    setIsLoading(true);
    const answer = await api.searchBills({ ...searchOf(rows.query), cursor: rows.next });
    setIsLoading(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setRows((before) => withMore(before, rows, answer.value));
  };

  return {
    items: rows?.items ?? null,
    failure,
    isLoading,
    hasMore: Boolean(rows?.next),
    reload: () => setRound(round + 1),
    loadMore,
    replace: useCallback((bill: BillView) => setRows((before) => withChanged(before, bill)), []),
  };
}

/** A search is compared as text: each render makes it anew. */
const searchOf = (query: string): BillSearchRequest => JSON.parse(query) as BillSearchRequest;
