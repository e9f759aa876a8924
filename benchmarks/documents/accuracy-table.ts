import { ELEMENT_NAMES, FieldName } from '@app/contracts';
import { markdownTable } from '../markdown-table';
import { type BillComparison, type FieldMark, isElement } from './compare-bill';
import type { RowsMark } from './compare-rows';
import type { Group } from './groups';
import { share, tally } from './share';

const FACE = FieldName.options.filter((name) => !isElement(name));

const HEAD = ['form', 'files', 'bills', 'all five'];
const FOOT = [
  ...['face fields', 'all fields', 'bills whole', 'items', 'items with all cells', 'items in order', 'other info', 'surplus items / info'],
];

/** What was read of documents that are to be read in full, of the fields that some truth names; a bill that was not found counts with everything on it. */
export function accuracyTable(groups: readonly Group[]): string[] {
  const readable = groups.map(({ name, measures }) => ({ name, measures: measures.filter(({ expect }) => expect === 'read') }));
  const named = new Set(
    readable.flatMap(({ measures }) => measures.flatMap(({ bills }) => bills.flatMap(({ fields }) => fields))).map(({ name }) => name),
  );
  const columns = [...ELEMENT_NAMES, ...FACE.filter((field) => named.has(field))];
  const rowOf = (group: Group): string[] => row(group, columns);
  return markdownTable([...HEAD, ...columns, ...FOOT], readable.filter(({ measures }) => measures.length > 0).map(rowOf));
}

function row({ name, measures }: Group, columns: readonly FieldName[]): string[] {
  const found = measures.flatMap(({ bills }) => bills);
  const bills = found.filter(({ state }) => state !== 'surplus');
  const marks = bills.flatMap(({ fields }) => fields);
  return [
    name,
    String(measures.length),
    String(bills.length),
    tally(bills.filter(hasAllElements).length, bills.length),
    ...columns.map((field) => tallied(marks.filter((mark) => mark.name === field))),
    shared(marks.filter((mark) => !isElement(mark.name))),
    shared(marks),
    tally(bills.filter(isWhole).length, bills.length),
    rows(bills.map(({ items }) => items)),
    rows(bills.map(({ wholeItems }) => wholeItems)),
    tally(bills.filter(({ items }) => items.isInOrder).length, bills.length),
    rows(bills.map(({ other }) => other)),
    `${surplus(found.map(({ items }) => items))} / ${surplus(found.map(({ other }) => other))}`,
  ];
}

function hasAllElements({ fields }: BillComparison): boolean {
  return fields.filter(({ name }) => isElement(name)).every(({ isRight }) => isRight);
}

/** Whether nothing at all is to be corrected on a bill. */
export function isWhole({ state, fields, items, other }: BillComparison): boolean {
  const rowsMissed = items.missed.length + items.surplus.length + other.missed.length;
  return state === 'paired' && fields.every(({ isRight }) => isRight) && rowsMissed === 0;
}

function tallied(marks: readonly FieldMark[]): string {
  return tally(marks.filter(({ isRight }) => isRight).length, marks.length);
}

function shared(marks: readonly FieldMark[]): string {
  return share(marks.filter(({ isRight }) => isRight).length, marks.length);
}

function rows(marks: readonly RowsMark[]): string {
  const sum = (value: (mark: RowsMark) => number): number => marks.reduce((total, mark) => total + value(mark), 0);
  return share(
    sum(({ right }) => right),
    sum(({ expected }) => expected),
  );
}

function surplus(marks: readonly RowsMark[]): number {
  return marks.reduce((total, mark) => total + mark.surplus.length, 0);
}
