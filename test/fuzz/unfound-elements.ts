import type { BillReading } from '@app/contracts';

/**
 * Elements of a bill that do not stand in any of the texts, allowing for how amounts and dates are written. A document that was spoilt may
 * say something else than it did; it can never be certain of what it does not say.
 */
export function unfoundElements(elements: BillReading['elements'], texts: readonly string[]): string[] {
  const whole = texts.map(plain);
  return Object.entries(elements)
    .filter(([name, value]) => value === null || !writings(name, value).some((writing) => whole.some((text) => text.includes(writing))))
    .map(([name, value]) => `${name} ${value ?? 'missing'}`);
}

function writings(name: string, value: string): string[] {
  if (name === 'totalAmount') return [value, value.replace(/0$/u, ''), value.replace(/\.00$/u, '')];
  if (name === 'issueDate') return [value.replaceAll('-', ''), value.replace(/-0?/gu, '')];
  return [value];
}

/** Letters, digits and points alone, in half width. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/[^0-9A-Za-z.]/gu, '');
}
