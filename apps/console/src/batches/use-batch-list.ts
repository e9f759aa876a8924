import type { VerificationBatchPage, VerificationBatchSummary } from '@app/contracts';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { usePolled } from '../api/use-polled';

const PAGE_SIZE = 20;
const WHILE_RUNNING_MS = 5_000;
const IDLE_MS = 30_000;

/** The recent batches, kept up to date. */
export interface BatchListState {
  readonly items: readonly VerificationBatchSummary[] | null;
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
}

/** Newest first; colleagues make batches too. */
export function useBatchList(): BatchListState {
  const api = useApi();
  const newest = usePolled(
    useCallback(() => api.listBatches({ limit: PAGE_SIZE }), [api]),
    nextDelayMs,
  );
  const [older, setOlder] = useState<VerificationBatchPage | null>(null);
  const [olderFailure, setOlderFailure] = useState<Failure | null>(null);

  const last = older ?? newest.value;
  const loadMore = async (): Promise<void> => {
    if (!last?.next) return;
    const answer = await api.listBatches({ limit: PAGE_SIZE, before: last.next });
    setOlderFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setOlder({ items: [...(older?.items ?? []), ...answer.value.items], next: answer.value.next });
  };

  const known = new Set(newest.value?.items.map(({ id }) => id));
  return {
    // New batches push older ones over the page's edge, where both lists hold them.
    items: newest.value && [...newest.value.items, ...(older?.items ?? []).filter(({ id }) => !known.has(id))],
    failure: newest.failure ?? olderFailure,
    hasMore: Boolean(last?.next),
    reload: newest.reload,
    loadMore,
  };
}

function nextDelayMs({ items }: VerificationBatchPage): number {
  return items.some(({ state }) => state === 'running') ? WHILE_RUNNING_MS : IDLE_MS;
}
