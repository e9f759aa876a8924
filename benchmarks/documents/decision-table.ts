import type { Decision } from '@app/contracts';
import { fixed, markdownTable } from '../markdown-table';
import type { BillComparison } from './compare-bill';
import { type DocumentMeasure, wrongInAuto } from './compare-document';
import type { Expectation } from './expected-document';
import type { Group } from './groups';
import { share, tally } from './share';

const HEADER = [
  ...['form', 'files', 'to read: auto', 'to read: review', 'to read: refused', 'to review: caught', 'to refuse: caught'],
  ...['auto of readable bills', 'wrong in auto', 'bills missed', 'bills surplus', 'median ms', 'max ms'],
];

/** What was decided, and how long it took. */
export function decisionTable(groups: readonly Group[]): string[] {
  return markdownTable(HEADER, groups.map(row));
}

function row({ name, measures }: Group): string[] {
  const readable = measures.filter(({ expect }) => expect === 'read');
  const bills = readable.flatMap((measure) => measure.bills).filter(({ state }) => state !== 'surplus');
  return [
    name,
    String(measures.length),
    ...(['auto', 'review', 'refuse'] as const).map((decision) => tally(decided(readable, decision), readable.length)),
    caught(measures, 'review'),
    caught(measures, 'refuse'),
    share(bills.filter(({ decision }) => decision === 'auto').length, bills.length),
    String(measures.flatMap(wrongInAuto).length),
    String(inState(measures, 'missed')),
    String(inState(measures, 'surplus')),
    fixed(median(measures.map(({ ms }) => ms)), 0),
    fixed(Math.max(...measures.map(({ ms }) => ms)), 0),
  ];
}

function decided(measures: readonly DocumentMeasure[], decision: Decision): number {
  return measures.filter((measure) => measure.decision === decision).length;
}

function caught(measures: readonly DocumentMeasure[], expectation: Exclude<Expectation, 'read'>): string {
  const called = measures.filter(({ expect }) => expect === expectation);
  return tally(decided(called, expectation), called.length);
}

function inState(measures: readonly DocumentMeasure[], state: BillComparison['state']): number {
  return measures.flatMap(({ bills }) => bills).filter((bill) => bill.state === state).length;
}

/** The middle value, or the mean of the two in the middle; undefined of nothing. */
export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
