import { Elements, type ElementName } from '@app/contracts';

/** Whether a text has the form of this element. The contract's own schemas decide, so that the API cannot see it differently. */
export function isValidElement(name: ElementName, text: string): boolean {
  return Elements.shape[name].safeParse(text).success;
}

/**
 * The canonical spelling of what a person typed or pasted: half width, no spaces, no thousands commas or currency signs, dates with
 * hyphens. Only the spelling changes, never a character that carries meaning; what is not understood stays as it was typed.
 */
export function canonicalElement(name: ElementName, typed: string): string {
  const text = typed.normalize('NFKC').replace(/\s/g, '');
  if (name === 'totalAmount') return canonicalAmount(text);
  if (name === 'issueDate') return canonicalDate(text);
  return text;
}

function canonicalAmount(text: string): string {
  const bare = text
    .replace(/^[¥￥]/, '')
    .replace(/元$/, '')
    .replace(/,/g, '');
  const [, yuan, decimals = ''] = /^(\d+)(?:\.(\d{0,2}))?$/.exec(bare) ?? [];
  return yuan === undefined ? text : `${yuan}.${decimals.padEnd(2, '0')}`;
}

function canonicalDate(text: string): string {
  const [, year, month, day] = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return text;
  // Without separators only eight digits are one certain day: 2026111 could be two.
  if (/^\d+$/.test(text) && text.length !== 8) return text;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
