import { ELEMENT_NAMES, type ElementName, type Source } from '@app/contracts';
import { markdownTable } from '../markdown-table';
import type { DocumentMeasure } from './compare-document';
import type { Group } from './groups';

const SOURCES: readonly Source[] = ['xml', 'text', 'qr', 'ocr'];

/** Where the elements that were read came from, of every bill that was found. */
export function sourceTable(groups: readonly Group[]): string[] {
  return markdownTable(
    ['form', ...ELEMENT_NAMES],
    groups.map(({ name, measures }) => [name, ...ELEMENT_NAMES.map((element) => cell(measures, element))]),
  );
}

function cell(measures: readonly DocumentMeasure[], element: ElementName): string {
  const read = measures
    .flatMap(({ bills }) => bills.flatMap(({ fields }) => fields))
    .filter(({ name, read: value }) => name === element && value !== '');
  const counts = SOURCES.map((source) => ({ source, count: read.filter(({ field }) => field?.source === source).length }));
  const named = counts.filter(({ count }) => count > 0).map(({ source, count }) => `${source} ${count}`);
  return named.length === 0 ? '–' : named.join(', ');
}
