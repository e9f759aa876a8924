import type { ProviderId, ProviderTerms } from '@app/contracts';

/** One version of a provider's entry in a tenant's register; the newest one stands. */
export interface ProviderEntry {
  provider: ProviderId;
  /** From 1. */
  version: number;
  state: 'open' | 'closed';
  /** Null where it was closed before anything was agreed. */
  terms: ProviderTerms | null;
  reason: string;
  approvalId: string | null;
  proposedBy: string | null;
  setBy: { id: string; name: string };
  setAt: Date;
}

/** Whether a tenant may ask a provider, as far as its register says. Who keeps one asks nobody that it does not hold open. */
export function isOpenIn(standing: ReadonlyMap<ProviderId, Pick<ProviderEntry, 'state'>>, provider: ProviderId): boolean {
  return standing.size === 0 || standing.get(provider)?.state === 'open';
}
