import { type ProviderId, yearBefore } from '@app/contracts';

/** How old a bill a provider takes. Conventions of the product: neither provider documents the edge. */
export interface ProviderRules {
  /** A calendar year, or so many days. */
  window: 'year' | number;
  /** Whether a bill on the last day of the window itself is still asked about; asking costs nothing if the provider does not count it. */
  lastDayCounts: boolean;
}

/** The rules until an operator knows better. */
export const DEFAULT_PROVIDER_RULES: Readonly<Record<ProviderId, ProviderRules>> = {
  netocr: { window: 'year', lastDayCounts: true },
  jumdata: { window: 'year', lastDayCounts: true },
  generic: { window: 'year', lastDayCounts: true },
};

/** Whether the provider takes a bill of that day. Both days are of Asia/Shanghai, as `YYYY-MM-DD`. */
export function isInWindow({ window, lastDayCounts }: ProviderRules, issueDate: string, today: string): boolean {
  const last = window === 'year' ? yearBefore(today) : daysBefore(today, window);
  return lastDayCounts ? issueDate >= last : issueDate > last;
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}
