import { ELEMENT_NAMES } from '@app/contracts';
import { type Comparison, FACE } from './compare';

/** One receipt as read and compared; milliseconds are those of the reader. */
export interface ReadingMeasure extends Comparison {
  file: string;
  mode: string;
  ms: number;
}

const HEADER = ['mode', 'receipts', 'all five', ...ELEMENT_NAMES, ...FACE, 'items', 'auto', 'wrong in auto', 'mean ms'];

/** A Markdown table by mode, then every receipt that is not wholly right. */
export function renderReport(measures: readonly ReadingMeasure[], pack: string): string {
  const modes = [...new Set(measures.map(({ mode }) => mode))].sort();
  const groups = [
    ...modes.map((mode) => ({ mode, rows: measures.filter((measure) => measure.mode === mode) })),
    { mode: 'ALL', rows: measures },
  ];
  const table = [HEADER, HEADER.map(() => '---'), ...groups.map(({ mode, rows }) => row(mode, rows))];
  return [...table.map((cells) => `| ${cells.join(' | ')} |`), '', `pack ${pack}`, ...measures.flatMap(imperfection), ''].join('\n');
}

function row(mode: string, rows: readonly ReadingMeasure[]): string[] {
  const count = (holds: (measure: ReadingMeasure) => boolean): string => `${rows.filter(holds).length}/${rows.length}`;
  const sum = (value: (measure: ReadingMeasure) => number): number => rows.reduce((total, measure) => total + value(measure), 0);
  return [
    mode,
    String(rows.length),
    count(({ allElements }) => allElements),
    ...ELEMENT_NAMES.map((name) => count(({ elements }) => elements[name])),
    ...FACE.map((name) => count(({ face }) => face[name])),
    `${sum(({ itemsRight }) => itemsRight)}/${sum(({ items }) => items)}`,
    count(({ decision }) => decision === 'auto'),
    String(sum(({ decision, wrong }) => (decision === 'auto' ? wrong.length : 0))),
    (sum(({ ms }) => ms) / rows.length).toFixed(0),
  ];
}

function imperfection({ file, decision, allElements, elements, face }: ReadingMeasure): string[] {
  const missed = [...ELEMENT_NAMES.filter((name) => !elements[name]), ...FACE.filter((name) => !face[name])];
  return allElements && missed.length === 0 ? [] : [`${file} (${decision}): ${missed.join(', ')}`];
}
