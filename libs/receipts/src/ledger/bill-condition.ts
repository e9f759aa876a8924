import type { BillFilter } from '@app/contracts';
import { type SearchWord, searchWords } from './bill-words';

/** Values of one statement, in the order of their numbers. */
export class Values {
  readonly all: unknown[] = [];

  /** The placeholder of one more value. */
  add(value: unknown): string {
    return `$${this.all.push(value)}`;
  }
}

/** A word that a filter asks for, in the payee's name or anywhere. */
export interface WantedWord extends SearchWord {
  isPayee: boolean;
}

const EXACT = { billCode: 'bill_code', billNumber: 'bill_number', checkCode: 'check_code' } as const;

/** The conditions of a filter on the bill `b`, to be joined by `and`. */
export function billConditions(filter: BillFilter, values: Values): string[] {
  return [
    ...Object.entries(EXACT).flatMap(([name, column]) => {
      const value = filter[name as keyof typeof EXACT];
      return value === undefined ? [] : [`b.${column} = ${values.add(value)}`];
    }),
    ...listed('b.state', filter.state, values),
    ...listed('b.kind', filter.kind, values),
    ...issuedBetween(filter, values),
    ...amountBetween(filter, values),
    ...verifiedBetween(filter, values),
    ...(filter.booked === undefined ? [] : [`b.booked_at is ${filter.booked ? 'not null' : 'null'}`]),
    ...(filter.duplicate === undefined ? [] : [`b.receipt_count ${filter.duplicate ? '>' : '<='} 1`]),
    ...wantedWords(filter).map((word) => hasWord(word, values)),
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

/** The words of a filter. */
export function wantedWords({ q, payee }: BillFilter): WantedWord[] {
  const anywhere = searchWords(q ?? '').map((word) => ({ ...word, isPayee: false }));
  return [...anywhere, ...searchWords(payee ?? '').map((word) => ({ ...word, isPayee: true }))];
}

/** A word may be any part of a text. Of a name it is a whole word, and in Chinese two characters or more: what the index of names can tell. */
function hasWord({ text, isChinese, isPayee }: WantedWord, values: Values): string {
  if (isPayee) return `position(${values.add(text)} in split_part(b.texts, E'\\n', 1)) > 0`;
  const isPart = isChinese && Array.from(text).length > 1;
  return `(position(${values.add(text)} in b.texts) > 0 or position(${values.add(isPart ? text : ` ${text} `)} in b.file_words) > 0)`;
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
