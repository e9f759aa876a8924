import type { ChargeSummary, ChargeSummaryQuery } from '@app/contracts';
import { useCallback } from 'react';
import { useApi } from '../api/api-context';
import { usePolled, type Polled } from '../api/use-polled';

const never = (): null => null;

/** The costs of a period; those of another one are not shown while they are asked for, and nothing is asked without a query. */
export function useCosts(query: ChargeSummaryQuery | null): Polled<ChargeSummary> {
  const api = useApi();
  const { from = '', to = '', by = 'day' } = query ?? {};
  const polled = usePolled(
    useCallback(() => api.readCosts({ from, to, by }), [api, from, to, by]),
    never,
    query !== null,
  );
  const isOfQuery = polled.value?.from === from && polled.value.to === to && polled.value.by === by;
  return { ...polled, value: isOfQuery ? polled.value : null };
}
