import { type Elements, startOfShanghaiDay } from '@app/contracts';
import type { LocalRefusal } from '../verification.entity';
import { isInWindow, type ProviderRules } from './provider-rules';

/** Why asking would be in vain whoever asks, or null when the provider must be asked. `today` is the day in Shanghai. */
export function localRefusal(
  elements: Pick<Elements, 'issueDate' | 'totalAmount'>,
  today: string,
  rules: ProviderRules,
): LocalRefusal | null {
  if (!/[1-9]/.test(elements.totalAmount)) return { outcome: 'BAD_PARAM', code: 'bad-amount', passesAt: null };
  if (elements.issueDate > today) {
    return { outcome: 'FUTURE_DATE', code: 'future-date', passesAt: startOfShanghaiDay(elements.issueDate) };
  }
  if (!isInWindow(rules, elements.issueDate, today)) return { outcome: 'OVER_WINDOW', code: 'over-window', passesAt: null };
  return null;
}
