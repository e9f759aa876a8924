import type { Elements } from '@app/contracts';
import type { PolicyTerms } from '../policy/verification-policy.entity';
import { elementWarnings } from '../request/element-warnings';
import { localRefusal } from '../request/local-guards';
import type { ProviderRules } from '../request/provider-rules';
import type { LocalRefusal } from '../verification.entity';

/** Why elements are not asked about, whatever was asked before; null when they may be. `today` is the day in Shanghai. */
export function refusalBeforeAsking(
  elements: Pick<Elements, 'billCode' | 'issueDate' | 'totalAmount'>,
  today: string,
  { terms, ofProvider }: { terms: Pick<PolicyTerms, 'onImplausible'>; ofProvider: ProviderRules },
): LocalRefusal | null {
  const refusal = localRefusal(elements, today, ofProvider);
  if (refusal !== null || terms.onImplausible !== 'refuse' || elementWarnings(elements).length === 0) return refusal;
  return { outcome: 'BAD_PARAM', code: 'implausible-elements', passesAt: null };
}
