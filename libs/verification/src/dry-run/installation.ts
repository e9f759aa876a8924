import type { ProviderId } from '@app/contracts';
import type { ProviderRules } from '../request/provider-rules';

/** What requests are decided by where the tenant's rules say nothing. */
export interface Installation {
  defaultProvider: ProviderId;
  providerRules: Readonly<Record<ProviderId, ProviderRules>>;
  /** Most that one person may settle by hand in a day, in 毫; null where this process does not know. */
  settlementCeilingHao: bigint | null;
}
