import type { BatchRowError, VerificationBatchView } from '@app/contracts';
import { useState } from 'react';
import { useApi } from '../api/api-context';
import type { Failure } from '../api/failure';
import { askErrorsAfter, joinedErrors } from './joined-errors';

/** As many as a batch brings along itself. */
const FIRST_ERRORS = 20;

/** The errors of a batch's rows, more of them when a person asks. */
export interface BatchErrors {
  readonly items: readonly BatchRowError[];
  readonly failure: Failure | null;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
}

export function useBatchErrors({ id, firstErrors }: VerificationBatchView): BatchErrors {
  const api = useApi();
  const [loaded, setLoaded] = useState<{ items: readonly BatchRowError[]; hasMore: boolean } | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const items = loaded?.items ?? firstErrors;

  const loadMore = async (): Promise<void> => {
    const answer = await api.readBatchErrors(id, askErrorsAfter(items));
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) setLoaded({ items: joinedErrors(items, answer.value.items), hasMore: answer.value.next !== null });
  };
  return { items, failure, hasMore: loaded?.hasMore ?? firstErrors.length >= FIRST_ERRORS, loadMore };
}
