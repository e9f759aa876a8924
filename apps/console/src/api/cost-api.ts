import { ChargeSummary, type ChargeSummaryQuery } from '@app/contracts';
import type { ApiCalls } from './api-calls';
import type { Answer } from './failure';

/** What calls cost. */
export interface CostApi {
  readCosts(query: ChargeSummaryQuery): Promise<Answer<ChargeSummary>>;
}

export function costApi({ ask }: ApiCalls): CostApi {
  return { readCosts: (query) => ask(ChargeSummary, `/v1/charges/summary?${new URLSearchParams(query).toString()}`) };
}
