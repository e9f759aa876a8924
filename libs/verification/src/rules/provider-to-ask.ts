import type { ProviderId } from '@app/contracts';
import type { PolicyTerms } from '../policy/verification-policy.entity';

/** Who is asked: whom the request names, else whom the tenant's rules name, else the installation's own. */
export function providerToAsk(
  named: ProviderId | null,
  { provider }: Pick<PolicyTerms, 'provider'>,
  installations: ProviderId,
): ProviderId {
  return named ?? provider ?? installations;
}
