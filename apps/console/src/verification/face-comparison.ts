import type { BillReading, Elements, FieldName, ProviderFace } from '@app/contracts';

/**
 * How the provider's value stands to ours. `compatible`: one of them is masked and the visible characters agree.
 * `notProvided` and `notRead`: one side has no value, so nothing is said about it.
 */
export type Likeness = 'same' | 'differs' | 'compatible' | 'notProvided' | 'notRead';

/** One field of the face beside ours; null where a side gives nothing. */
export interface ComparedField {
  readonly name: FieldName;
  readonly ours: string | null;
  readonly theirs: string | null;
  readonly likeness: Likeness;
}

const COMPARED = [
  'billCode',
  'billNumber',
  'checkCode',
  'issueDate',
  'totalAmount',
  'title',
  'totalAmountInWords',
  'payer',
  'payerCreditCode',
  'payee',
  'reviewer',
  'cashier',
] as const satisfies readonly FieldName[];

/** The provider's face beside the elements that were sent and, when there was an image, the rest of our reading. */
export function compareFace(face: ProviderFace, elements: Elements, bill: BillReading | null): ComparedField[] {
  const sent: Partial<Record<FieldName, string>> = elements;
  return COMPARED.map((name) => {
    const ours = blankAsNull(sent[name] ?? bill?.fields[name]?.value);
    const theirs = blankAsNull(face[name]);
    return { name, ours, theirs, likeness: likenessOf(ours, theirs) };
  }).filter(({ ours, theirs }) => ours !== null || theirs !== null);
}

/** Compares two spellings by what they say: width, brackets and spaces do not count, `*` stands for any character. */
export function likenessOf(ours: string | null, theirs: string | null): Likeness {
  if (theirs === null) return 'notProvided';
  if (ours === null) return 'notRead';
  const [left, right] = [plain(ours), plain(theirs)];
  if (left === right) return 'same';
  return fitsMask(left, right) ? 'compatible' : 'differs';
}

function fitsMask(left: string, right: string): boolean {
  if (!left.includes('*') && !right.includes('*')) return false;
  const [a, b] = [Array.from(left), Array.from(right)];
  return a.length === b.length && a.every((character, at) => character === '*' || b[at] === '*' || character === b[at]);
}

/** 圆 and 元, 正 and 整 are the same word in an amount, and thousands commas are spelling. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/(?<=\d),(?=\d{3})/g, '')
    .replace(/圆/g, '元')
    .replace(/正$/, '整');
}

function blankAsNull(text: string | null | undefined): string | null {
  return text === undefined || text === null || text.trim() === '' ? null : text;
}
