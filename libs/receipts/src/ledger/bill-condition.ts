import type { BillFilter } from '@app/contracts';
import type { WantedBills, WantedWord } from './wanted-bills';

/** Values of one statement, in the order of their numbers. */
export class Values {
  readonly all: unknown[] = [];

  /** The placeholder of one more value. */
  add(value: unknown): string {
    return `$${this.all.push(value)}`;
  }
}

const EXACT = {
  billCode: 'bill_code',
  billNumber: 'bill_number',
  originalKind: 'original_kind',
  archiveLocation: 'archive_location',
} as const;
const HASHED = { checkCodeHash: 'check_code_hash', payerHash: 'payer_hash', payerCodeHash: 'payer_code_hash' } as const;

/** The conditions of what is wanted on the bill `b`, to be joined by `and`. */
export function billConditions(wanted: WantedBills, values: Values): string[] {
  const { filter } = wanted;
  return [
    ...Object.entries(EXACT).flatMap(([name, column]) => {
      const value = filter[name as keyof typeof EXACT];
      return value === undefined ? [] : [`b.${column} = ${values.add(value)}`];
    }),
    ...Object.entries(HASHED).flatMap(([name, column]) => {
      const hash = wanted[name as keyof typeof HASHED];
      return hash === null ? [] : [`b.${column} = ${values.add(hash)}::bytea`];
    }),
    ...listed('b.state', filter.state, values),
    ...listed('b.kind', filter.kind, values),
    ...issuedBetween(filter, values),
    ...amountBetween(filter, values),
    ...verifiedBetween(filter, values),
    ...(filter.booked === undefined ? [] : [`b.booked_at is ${filter.booked ? 'not null' : 'null'}`]),
    ...(filter.duplicate === undefined ? [] : [`b.receipt_count ${filter.duplicate ? '>' : '<='} 1`]),
    ...wanted.words.map((word) => hasWord(word, values)),
  ];
}

/** Days of issue, which are also a place to begin at in the order of days. */
export function issuedBetween({ issuedFrom, issuedTo }: BillFilter, values: Values): string[] {
  if (issuedFrom === undefined && issuedTo === undefined) return [];
  const to = issuedTo === undefined ? [] : [`b.issue_date <= ${values.add(issuedTo)}::date`];
  // From the year 2 on: the year 1 stands for a day that is not known.
  return [`b.issue_date >= ${values.add(issuedFrom ?? '0002-01-01')}::date`, ...to];
}

/** Amounts, which are also a place to begin at in the order of amounts. */
export function amountBetween({ amountFrom, amountTo }: BillFilter, values: Values): string[] {
  if (amountFrom === undefined && amountTo === undefined) return [];
  const to = amountTo === undefined ? [] : [`b.amount_fen <= ${values.add(fen(amountTo))}::bigint`];
  return [`b.amount_fen >= ${values.add(fen(amountFrom ?? '0.00'))}::bigint`, ...to];
}

/** A word may be any part of a text. Of a name it is a whole word, and in Chinese two characters or more: what the index of names can tell. */
function hasWord({ text, isPayee, items, names }: WantedWord, values: Values): string {
  if (isPayee) return `position(${values.add(text)} in split_part(b.texts, E'\\n', 1)) > 0`;
  const inTexts = `position(${values.add(text)} in b.texts) > 0`;
  const inNames = `b.name_terms @> ${values.add(names)}::bigint[]`;
  // Not by &&, which compares each with each: the numbers of a common word are many.
  const inItems = (): string => `exists (select from unnest(b.item_terms) as i (term) where i.term = any(${values.add(items)}::bigint[]))`;
  return `(${[inTexts, inNames, ...(items.length === 0 ? [] : [inItems()])].join(' or ')})`;
}

function listed(column: string, allowed: readonly string[] | undefined, values: Values): string[] {
  if (allowed === undefined) return [];
  const [first, ...others] = allowed;
  return [others.length === 0 ? `${column} = ${values.add(first)}` : `${column} = any(${values.add(allowed)}::text[])`];
}

function verifiedBetween({ verifiedFrom, verifiedTo }: BillFilter, values: Values): string[] {
  return [
    ...(verifiedFrom === undefined ? [] : [`b.verified_at >= ${values.add(shanghaiMidnight(verifiedFrom, 0))}::timestamptz`]),
    ...(verifiedTo === undefined ? [] : [`b.verified_at < ${values.add(shanghaiMidnight(verifiedTo, 1))}::timestamptz`]),
  ];
}

/** The instant at which a day begins in Shanghai, which keeps no summer time. */
function shanghaiMidnight(day: string, daysLater: number): string {
  return new Date(Date.parse(`${day}T00:00:00+08:00`) + daysLater * 86_400_000).toISOString();
}

function fen(yuan: string): string {
  return BigInt(yuan.replace('.', '')).toString();
}
