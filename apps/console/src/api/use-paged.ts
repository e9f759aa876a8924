import { useCallback, useEffect, useState } from 'react';
import type { AskedPage } from './asked-page';
import type { Answer, Failure } from './failure';

/** A list, newest first, page by page. */
export interface Paged<T> {
  /** Null before the first answer. */
  readonly items: readonly T[] | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
  /** Puts what an entry is now in its place. */
  readonly replace: (item: T) => void;
}

/** Loads the first page, and others on demand; `load` must be stable. */
export function usePaged<T extends { id: string }>(
  load: (page: AskedPage) => Promise<Answer<{ items: readonly T[]; next: string | null }>>,
  limit: number,
): Paged<T> {
  const [items, setItems] = useState<readonly T[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const watch = { isOver: false };
    setIsLoading(true);
    void load({ limit }).then((answer) => {
      if (watch.isOver) return;
      setIsLoading(false);
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setItems(answer.value.items);
      setNext(answer.value.next);
    });
    return () => {
      watch.isOver = true;
    };
  }, [load, limit, round]);

  const loadMore = async (): Promise<void> => {
    // A second click while a page is on its way would show it twice.
    if (next === null || isLoading) return;
    setIsLoading(true);
    const answer = await load({ limit, before: next });
    setIsLoading(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setItems((before) => [...(before ?? []), ...answer.value.items]);
    setNext(answer.value.next);
  };

  return {
    items,
    failure,
    isLoading,
    hasMore: next !== null,
    reload: useCallback(() => setRound((before) => before + 1), []),
    loadMore,
    replace: (item) => setItems((before) => before?.map((one) => (one.id === item.id ? item : one)) ?? null),
  };
}
