import type { Evidence, EvidenceField, FaceItem, ProviderFace } from '@app/contracts';
import { isCompatible } from '@app/providers';
import { COMPARED_FIELDS, type ReadFace } from './read-face';

const LONGEST_LIST = 400;
/** No name is longer, and no amount: a provider's endless text must not keep a pattern busy for minutes. */
const LONGEST_TEXT = 1_000;
const LONGEST_FIGURE = 60;

/**
 * Compares what was read of a bill with the face that the provider told, field by field. A field that either side lacks is left out: its
 * absence proves nothing. Masked characters agree with any. Rows are compared as a multiset, whatever their order; of rows that differ the
 * evidence shows those found on one side only.
 */
export function evidenceOf(read: ReadFace | null, face: ProviderFace | null): Evidence[] {
  if (read === null || face === null) return [];
  const fields = COMPARED_FIELDS.flatMap((field) => {
    const told = face[field];
    return compared(field, read.fields[field] ?? '', cut(told ?? ''), CANONICAL[field] ?? plain);
  });
  return [...fields, ...comparedItems(read.items, face.items)];
}

/** What was cut off still shows, so that the rest agrees with nothing. */
function cut(text: string): string {
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

/** Whether who paid or who was paid is another than was read: such a match is no green light, for the bill may be somebody else's. */
export function contradictsParties(evidence: readonly Evidence[]): boolean {
  return evidence.some(({ field, agrees }) => !agrees && (field === 'payer' || field === 'payee'));
}

function compared(field: EvidenceField, read: string, told: string, canonical: (text: string) => string): Evidence[] {
  if (canonical(read) === '' || canonical(told) === '') return [];
  return [{ field, read, told, agrees: agree(canonical(read), canonical(told)) }];
}

/** Bills are printed with masked names, too: hidden characters may be on either side. */
function agree(read: string, told: string): boolean {
  return isCompatible(read, told) || (read.includes('*') && isCompatible(told, read));
}

/** Without what differs in print alone: widths of characters, blanks, the shape of brackets and letters. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\s+/gu, '')
    .replace(/[〔【[]/gu, '(')
    .replace(/[〕】\]]/gu, ')')
    .toUpperCase();

/** 圆 is 元, 正 is 整, and either may be left out at the end. */
const words = (text: string): string =>
  plain(text)
    .replace(/^人民币/u, '')
    .replaceAll('圆', '元')
    .replace(/[整正]+$/u, '');

const CANONICAL: Partial<Record<EvidenceField, (text: string) => string>> = { totalAmountInWords: words };

/** Names and amounts each for themselves: providers often give no amount of a row, and print names in other words than their totals. */
function comparedItems(read: ReadFace['items'], told: readonly FaceItem[]): Evidence[] {
  const names = comparedList(
    'items',
    read.map(({ itemName }) => plain(itemName)),
    told.map(({ itemName }) => plain(itemName ?? '')),
  );
  const amounts = comparedList(
    'itemAmounts',
    read.map(({ amount }) => figure(amount)),
    told.map(({ amount }) => figure(amount ?? '')),
  );
  return [...names, ...amounts];
}

/** A list that is empty, or of which any entry is unknown, is not compared. */
function comparedList(field: EvidenceField, read: readonly string[], told: readonly string[]): Evidence[] {
  if (read.length === 0 || told.length === 0 || [...read, ...told].includes('')) return [];
  const onlyRead = without(read, told);
  const onlyTold = without(told, read);
  const agrees = onlyRead.length === 0 && onlyTold.length === 0;
  return [{ field, read: listed(agrees ? read : onlyRead), told: listed(agrees ? told : onlyTold), agrees }];
}

/** The entries of `list` that are left when each of `taken` takes away one that is equal. */
function without(list: readonly string[], taken: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const entry of taken) left.set(entry, (left.get(entry) ?? 0) + 1);
  return list.filter((entry) => {
    const count = left.get(entry) ?? 0;
    left.set(entry, count - 1);
    return count <= 0;
  });
}

function listed(entries: readonly string[]): string {
  const text = entries.join('; ');
  return text.length > LONGEST_LIST ? `${text.slice(0, LONGEST_LIST)}…` : text || '–';
}

/** `320`, `320.0`, `1,320.00` and `￥320.00` as decimals without needless signs. */
function figure(amount: string): string {
  const digits = plain(amount).replace(/[¥,元]/gu, '');
  if (digits.length > LONGEST_FIGURE) return digits;
  const match = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/u.exec(digits);
  if (match === null) return digits;
  const [, sign = '', whole = '', decimals = ''] = match;
  return decimals === '' ? `${sign}${whole}` : `${sign}${whole}.${decimals}`;
}
