import type { ReceiptPage, ReceiptSummary } from '@app/contracts';
import { useCallback, useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { usePolled } from '../api/use-polled';

const PAGE_SIZE = 30;
const WHILE_READING_MS = 1_500;
const IDLE_MS = 30_000;

/** The recent receipts, kept up to date. */
export interface ReceiptListState {
  readonly items: readonly ReceiptSummary[] | null;
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly reload: () => void;
  readonly loadMore: () => Promise<void>;
}

/** Newest first. Colleagues upload too, so the first page is asked for again, more often while something is being read. */
export function useReceiptList(): ReceiptListState {
  const api = useApi();
  const newest = usePolled(
    useCallback(() => api.listReceipts({ limit: PAGE_SIZE }), [api]),
    nextDelayMs,
  );
  const [older, setOlder] = useState<ReceiptPage | null>(null);
  const [olderFailure, setOlderFailure] = useState<Failure | null>(null);

  const last = older ?? newest.value;
  const loadMore = async (): Promise<void> => {
    if (!last?.next) return;
    const answer = await api.listReceipts({ limit: PAGE_SIZE, before: last.next });
    setOlderFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setOlder({ items: [...(older?.items ?? []), ...answer.value.items], next: answer.value.next });
  };

  return {
    items: newest.value && joined(newest.value.items, older?.items ?? []),
    failure: newest.failure ?? olderFailure,
    hasMore: Boolean(last?.next),
    reload: newest.reload,
    loadMore,
  };
}

function nextDelayMs({ items }: ReceiptPage): number {
  return items.some(({ state }) => state === 'queued') ? WHILE_READING_MS : IDLE_MS;
}

/** New receipts push older ones over the page's edge, where both lists hold them. */
function joined(newest: readonly ReceiptSummary[], older: readonly ReceiptSummary[]): readonly ReceiptSummary[] {
  const known = new Set(newest.map(({ id }) => id));
  return [...newest, ...older.filter(({ id }) => !known.has(id))];
}
