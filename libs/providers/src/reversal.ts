import type { ProviderFace } from '@app/contracts';
import type { ProviderAlert } from './dialect';

/**
 * Whether a bill was reversed, as far as its face agrees with itself: one that names the day or the time of a reversal and says that there
 * was none says neither. Zeros and dashes are how systems write nothing.
 */
export function soundReversal(
  { reversed, reversedDate, reversedTime }: Pick<ProviderFace, 'reversed' | 'reversedDate' | 'reversedTime'>,
  alerts: ProviderAlert[],
): boolean | null {
  const isDated = [reversedDate, reversedTime].some((text) => text !== null && /[1-9]/.test(text));
  if (reversed !== false || !isDated) return reversed;
  alerts.push('contradictoryReversal');
  return null;
}
