import type { AuditEntryView } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';

const PAGE = '50';

/** The entries of one question, page by page. */
export interface AuditEntries {
  /** Null before anything was asked: each look is an entry itself. */
  readonly items: readonly AuditEntryView[] | null;
  readonly failure: Failure | null;
  readonly isLoading: boolean;
  readonly hasMore: boolean;
  readonly ask: (query: Readonly<Record<string, string>>) => Promise<void>;
  readonly loadMore: () => Promise<void>;
}

interface Found {
  query: Readonly<Record<string, string>>;
  items: readonly AuditEntryView[];
  next: string | null;
}

export function useAudit(): AuditEntries {
  const api = useApi();
  const [found, setFound] = useState<Found | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isLoading, setIsLoading] = useState(false);

  const load = async (query: Found['query'], before: Found | null): Promise<void> => {
    setIsLoading(true);
    const asked = new URLSearchParams({ ...query, limit: PAGE });
    if (before?.next) asked.set('cursor', before.next);
    const answer = await api.listAudit(asked.toString());
    setIsLoading(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setFound({ query, items: [...(before?.items ?? []), ...answer.value.items], next: answer.value.next });
  };

  return {
    items: found?.items ?? null,
    failure,
    isLoading,
    hasMore: Boolean(found?.next),
    ask: (query) => load(query, null),
    loadMore: () => (found ? load(found.query, found) : Promise.resolve()),
  };
}
