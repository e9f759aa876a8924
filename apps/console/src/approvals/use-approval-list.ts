import type { ApprovalView } from '@app/contracts';
import { useCallback, useEffect, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

const PAGE = 20;

/** Proposals, newest first, page by page. */
export interface ApprovalList {
  /** Null before the first answer. */
  readonly items: readonly ApprovalView[] | null;
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
  /** Puts what a proposal is now in its place. */
  readonly replace: (proposal: ApprovalView) => void;
}

export function useApprovalList(isOpenOnly: boolean): ApprovalList {
  const api = useApi();
  const [items, setItems] = useState<readonly ApprovalView[] | null>(null);
  const [next, setNext] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [round, setRound] = useState(0);
  const load = useCallback(
    (before?: string) =>
      api.listApprovals({ limit: PAGE, ...(isOpenOnly && { state: 'open' as const }), ...(before !== undefined && { before }) }),
    [api, isOpenOnly],
  );

  useEffect(() => {
    const watch = { isOver: false };
    void load().then((answer) => {
      if (watch.isOver) return;
      setFailure(answer.ok ? null : answer.failure);
      if (!answer.ok) return;
      setItems(answer.value.items);
      setNext(answer.value.next);
    });
    return () => {
      watch.isOver = true;
    };
  }, [load, round]);

  const loadMore = async (): Promise<void> => {
    if (next === null) return;
    const answer = await load(next);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setItems((before) => [...(before ?? []), ...answer.value.items]);
    setNext(answer.value.next);
  };

  return {
    items,
    failure,
    hasMore: next !== null,
    reload: () => setRound(round + 1),
    loadMore,
    replace: (proposal) => setItems((before) => before?.map((one) => (one.id === proposal.id ? proposal : one)) ?? null),
  };
}
